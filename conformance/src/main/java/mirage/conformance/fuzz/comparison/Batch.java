// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.comparison;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import mirage.conformance.chip.BoardMemory;
import mirage.conformance.fuzz.program.Program;
import mirage.tools.MirageException;

/**
 * Programs in one executable: most of what a program takes by itself is the library below it.
 *
 * @param programs with different numbers, at least one
 */
public record Batch(List<Program> programs) {
  /** Programs in one executable: what they share is a small part of it then. Flash has place for several times as many. */
  public static final int SIZE = 100;

  private static final Pattern BEGIN = Pattern.compile("(?m)^program (\\d+)$");

  /** Programs that do not print the same everywhere, by number, and what they print where. */
  public Map<Long, String> failures(Comparison comparison) {
    Map<Long, String> failures = new TreeMap<>();
    Map<String, Map<Long, String>> sections;
    try {
      sections = sections(comparison, BoardMemory.CHIP);
    } catch (MirageException e) {
      // One of them is no program, or none that can be linked.
      return programs.size() == 1
          ? Map.of(programs.get(0).number(), e.getMessage())
          : halves(comparison);
    }
    List<Program> left = differing(sections);
    if (!left.isEmpty()) {
      Program first = left.get(0);
      alone(first, comparison, printed(first, sections))
          .ifPresent(text -> failures.put(first.number(), text));
    }
    if (left.size() > 1) {
      failures.putAll(new Batch(left.subList(1, left.size())).failures(comparison));
    }
    return failures;
  }

  /**
   * Programs that do not print the same everywhere in this executable: those that some run did not come to only if there
   * are no others.
   *
   * @throws MirageException when one of several cannot be compiled or linked
   */
  public List<Program> suspects(Comparison comparison, BoardMemory memory) {
    Map<String, Map<Long, String>> sections = sections(comparison, memory);
    List<Program> left = differing(sections);
    List<Program> ended =
        left.stream().filter(program -> !printed(program, sections).containsValue("")).toList();
    return ended.isEmpty() ? left.stream().limit(1).toList() : ended;
  }

  private List<Program> differing(Map<String, Map<Long, String>> sections) {
    return programs.stream().filter(program -> !same(printed(program, sections))).toList();
  }

  private Map<String, Map<Long, String>> sections(Comparison comparison, BoardMemory memory) {
    Map<String, Map<Long, String>> sections = new LinkedHashMap<>();
    comparison
        .outputs(Program.source(programs), memory)
        .forEach((where, output) -> sections.put(where, sections(where, output)));
    return sections;
  }

  private Map<Long, String> halves(Comparison comparison) {
    int middle = programs.size() / 2;
    Map<Long, String> failures = new TreeMap<>();
    failures.putAll(new Batch(programs.subList(0, middle)).failures(comparison));
    failures.putAll(new Batch(programs.subList(middle, programs.size())).failures(comparison));
    return failures;
  }

  /**
   * Programs of a batch share memory, and behind one that ends all there are no others.
   *
   * @param printed what it prints in the batch, by where it runs
   */
  private Optional<String> alone(
      Program program, Comparison comparison, Map<String, String> printed) {
    Optional<String> difference;
    try {
      difference = comparison.difference(program.source());
    } catch (MirageException e) {
      return Optional.of(e.getMessage());
    }
    boolean explained =
        printed.values().stream().anyMatch(s -> s.isEmpty() || Comparison.outOfMemory(s));
    return difference.isPresent() || explained
        ? difference
        : Comparison.difference(printed)
            .map(
                text ->
                    "not alone, but behind those from %d on, %s"
                        .formatted(programs.get(0).number(), text));
  }

  private static boolean same(Map<String, String> printed) {
    return !printed.containsValue("") && printed.values().stream().distinct().count() == 1;
  }

  /** What one program prints, by where it runs; empty where no run came to it. */
  private static Map<String, String> printed(
      Program program, Map<String, Map<Long, String>> sections) {
    Map<String, String> printed = new LinkedHashMap<>();
    sections.forEach(
        (where, section) -> printed.put(where, section.getOrDefault(program.number(), "")));
    return printed;
  }

  /**
   * What each program prints; the last one with the end of all.
   *
   * @throws MirageException when there are several and none has begun: which of them it was is not known
   */
  private Map<Long, String> sections(String where, String output) {
    Map<Long, String> sections = new LinkedHashMap<>();
    List<MatchResult> begins = BEGIN.matcher(output).results().toList();
    if (begins.isEmpty() && programs.size() > 1) {
      throw new MirageException(where + ": " + output);
    }
    for (int i = 0; i < begins.size(); i++) {
      int end = i + 1 < begins.size() ? begins.get(i + 1).start() : output.length();
      sections.put(
          Long.valueOf(begins.get(i).group(1)), output.substring(begins.get(i).end(), end));
    }
    return sections;
  }
}
