// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mirage.formats.DebugInfo;
import mirage.formats.SourceLocation;

/** Understands what users write for places: {@code unikernel.ml:12}, {@code 12}, {@code Unikernel.Main.start}. */
final class BreakpointPlaces {
  private static final Pattern LINE = Pattern.compile("(?:(.+):)?(\\d{1,9})");
  private static final int SUGGESTIONS = 6;

  private final Executable program;

  /**
   * A place.
   *
   * @param where as it is shown
   * @param addresses of its code
   * @param meant whether a place in the source is it
   */
  record Place(String where, List<Integer> addresses, Predicate<SourceLocation> meant) {}

  BreakpointPlaces(Executable program) {
    this.program = program;
  }

  /**
   * The place of a text.
   *
   * @param current file that a line without one is in; may be empty
   * @throws Refusal with a message that says what there is
   */
  Place find(String text, String current) throws Refusal {
    Matcher line = LINE.matcher(text);
    if (line.matches()) {
      return line(line.group(1) == null ? current : line.group(1), Integer.parseInt(line.group(2)));
    }
    return function(text);
  }

  private Place line(String name, int line) throws Refusal {
    String file = file(name);
    TreeSet<Integer> lines = program.lines(file);
    Integer near = lines.ceiling(line);
    if (near == null) {
      throw new Refusal(
          "%s has no code at line %d or behind; its last is line %d"
              .formatted(file, line, lines.last()));
    }
    Predicate<SourceLocation> meant = p -> p.file().equals(file) && p.line() == near;
    List<Integer> entries = entries(meant);
    String where = file + ":" + near;
    if (near != line) {
      String definition = innermost(entries.get(0), meant).function();
      where += ", in %s (no code at line %d)".formatted(definition, line);
    }
    return new Place(where, entries, meant);
  }

  /** The file of that name, as the compiler was told it. */
  String file(String name) throws Refusal {
    if (name.isEmpty()) {
      throw new Refusal("which file? Write FILE:LINE");
    }
    List<String> files = program.files(name);
    if (files.isEmpty()) {
      throw new Refusal(
          "no file '%s'; there are %s".formatted(name, String.join(", ", program.files(""))));
    }
    if (files.size() > 1) {
      throw new Refusal("'%s' is one of %s".formatted(name, String.join(", ", files)));
    }
    return files.get(0);
  }

  private Place function(String name) throws Refusal {
    Predicate<SourceLocation> meant = p -> Executable.matches(p.function(), name);
    List<DebugInfo.Function> functions = program.functionsNamed(name);
    List<Integer> starts = functions.stream().map(program::start).toList();
    List<Integer> inlined =
        entries(meant).stream().filter(at -> !within(functions, at, meant)).toList();
    if (starts.isEmpty() && inlined.isEmpty()) {
      List<String> similar = program.similar(name, SUGGESTIONS);
      throw new Refusal(
          "no function '%s'%s"
              .formatted(
                  name,
                  similar.isEmpty()
                      ? "; 'help break' says how to name places"
                      : "; similar: " + String.join(", ", similar)));
    }
    List<Integer> all = Stream.concat(starts.stream(), inlined.stream()).toList();
    if (starts.isEmpty()) {
      return new Place(name + ", inlined", all, meant);
    }
    List<SourceLocation> origin = program.origin(starts.get(0));
    String at = origin.isEmpty() ? "" : " at " + origin.get(origin.size() - 1).shown();
    return new Place(program.shown(functions.get(0)) + at, all, meant);
  }

  private SourceLocation innermost(int address, Predicate<SourceLocation> meant) {
    return program.origin(address).stream().filter(meant).findFirst().orElseThrow();
  }

  /** Whether code belongs to some functions because it is theirs, not because of a call that was inlined. */
  private boolean within(
      List<DebugInfo.Function> functions, int address, Predicate<SourceLocation> meant) {
    return program.function(address).filter(functions::contains).isPresent()
        && visits(address, meant).equals(Set.of(List.of()));
  }

  /**
   * Where control comes to code of some places from code of others: wherever the code lies, one of these addresses is
   * passed on the way into it.
   */
  private List<Integer> entries(Predicate<SourceLocation> meant) {
    List<Integer> found = new ArrayList<>();
    for (DebugInfo.Function function : program.functions()) {
      int start = program.start(function);
      int end = program.end(function);
      if (visits(start, meant).isEmpty()
          && program.rowsWithin(start, end).stream().allMatch(at -> visits(at, meant).isEmpty())) {
        continue;
      }
      ControlFlow flow = new ControlFlow(program, start, end);
      for (int address : flow.instructions()) {
        Set<List<SourceLocation>> here = visits(address, meant);
        if (!here.isEmpty() && isEntry(flow, address, here, meant)) {
          found.add(address);
        }
      }
    }
    return found;
  }

  /** Code without a place, between others, makes no difference. */
  private boolean isEntry(
      ControlFlow flow,
      int address,
      Set<List<SourceLocation>> here,
      Predicate<SourceLocation> meant) {
    return flow.sources(address, at -> !program.origin(at).isEmpty())
        .map(sources -> sources.stream().anyMatch(at -> !visits(at, meant).containsAll(here)))
        .orElse(true);
  }

  /** Calls, by the calls around them, that code belongs to because of one of its places. */
  private Set<List<SourceLocation>> visits(int address, Predicate<SourceLocation> meant) {
    List<SourceLocation> origin = program.origin(address);
    Set<List<SourceLocation>> found = new HashSet<>();
    for (int i = 0; i < origin.size(); i++) {
      if (meant.test(origin.get(i))) {
        found.add(origin.subList(i + 1, origin.size()));
      }
    }
    return found;
  }
}
