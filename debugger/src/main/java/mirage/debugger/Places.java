// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mirage.formats.DebugInfo;
import mirage.formats.SourceLocation;

/** Understands what users write for places: {@code unikernel.ml:12}, {@code 12}, {@code Unikernel.Main.start}. */
final class Places {
  private static final Pattern LINE = Pattern.compile("(?:(.+):)?(\\d{1,9})");
  private static final int SUGGESTIONS = 6;

  private final Program program;

  /**
   * A place.
   *
   * @param where as it is shown
   * @param addresses of its code
   * @param meant whether a place in the source is it
   */
  record Place(String where, List<Integer> addresses, Predicate<SourceLocation> meant) {}

  /** What is wrong with a place, for the user. */
  static final class Unknown extends Exception {
    private static final long serialVersionUID = 1L;

    Unknown(String message) {
      super(message, null, false, false);
    }
  }

  Places(Program program) {
    this.program = program;
  }

  /**
   * The place of a text.
   *
   * @param current file that a line without one is in; may be empty
   * @throws Unknown with a message that says what there is
   */
  Place find(String text, String current) throws Unknown {
    Matcher line = LINE.matcher(text);
    if (line.matches()) {
      return line(line.group(1) == null ? current : line.group(1), Integer.parseInt(line.group(2)));
    }
    return function(text);
  }

  private Place line(String name, int line) throws Unknown {
    String file = file(name);
    TreeSet<Integer> lines = program.lines(file);
    Integer near = lines.ceiling(line);
    if (near == null) {
      throw new Unknown(
          "%s has no code at line %d or behind; its last is line %d"
              .formatted(file, line, lines.last()));
    }
    Predicate<SourceLocation> meant = p -> p.file().equals(file) && p.line() == near;
    return new Place(file + ":" + near, program.starts(meant), meant);
  }

  /** The file of that name, as the compiler was told it. */
  String file(String name) throws Unknown {
    if (name.isEmpty()) {
      throw new Unknown("which file? Write FILE:LINE");
    }
    List<String> files = program.files(name);
    if (files.isEmpty()) {
      throw new Unknown(
          "no file '%s'; there are %s".formatted(name, String.join(", ", program.files(""))));
    }
    if (files.size() > 1) {
      throw new Unknown("'%s' is one of %s".formatted(name, String.join(", ", files)));
    }
    return files.get(0);
  }

  private Place function(String name) throws Unknown {
    Predicate<SourceLocation> meant = p -> Program.matches(Program.plain(p.definition()), name);
    List<DebugInfo.Function> functions = program.functionsNamed(name);
    if (!functions.isEmpty()) {
      List<Integer> starts = functions.stream().map(program::start).toList();
      List<SourceLocation> origin = program.origin(starts.get(0));
      String where = program.shown(functions.get(0));
      return new Place(
          where + (origin.isEmpty() ? "" : " at " + show(origin.get(0))), starts, meant);
    }
    List<Integer> inlined = program.starts(meant);
    if (inlined.isEmpty()) {
      List<String> similar = program.similar(name, SUGGESTIONS);
      throw new Unknown(
          "no function '%s'%s"
              .formatted(
                  name,
                  similar.isEmpty()
                      ? "; 'help break' says how to name places"
                      : "; similar: " + String.join(", ", similar)));
    }
    return new Place(name + ", inlined", inlined, meant);
  }

  static String show(SourceLocation place) {
    return place.file() + ":" + place.line();
  }
}
