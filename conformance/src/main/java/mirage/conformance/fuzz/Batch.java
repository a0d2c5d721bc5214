// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import mirage.conformance.chip.BoardMemory;
import mirage.tools.MirageException;

/**
 * Programs of consecutive seeds in one executable: most of what a program takes by itself is the library below it.
 *
 * @param from the first seed
 * @param to behind the last one
 * @param wide as for {@link ProgramGenerator#source}
 */
public record Batch(long from, long to, boolean wide) {
  /** Programs in one executable: what they share is a small part of it then. Flash has place for several times as many. */
  private static final int SIZE = 100;

  private static final Pattern BEGIN = Pattern.compile("(?m)^program (\\d+)$");

  /** Batches for so many programs from a seed on: two at least, for as many can run at a time. */
  public static List<Batch> of(long from, long count, boolean wide) {
    List<Batch> batches = new ArrayList<>();
    long size = Math.min(SIZE, (count + 1) / 2);
    for (long first = from; first < from + count; first += size) {
      batches.add(new Batch(first, Math.min(first + size, from + count), wide));
    }
    return batches;
  }

  /** Seeds whose programs do not print the same everywhere, and what they print where. */
  public Map<Long, String> failures(Comparison comparison) {
    Map<Long, String> failures = new TreeMap<>();
    Map<String, Map<Long, String>> sections = new LinkedHashMap<>();
    try {
      comparison
          .outputs(source(), BoardMemory.CHIP)
          .forEach((where, output) -> sections.put(where, sections(output)));
    } catch (MirageException e) {
      // One of them is no program, or none that can be linked.
      return from + 1 == to ? Map.of(from, e.getMessage()) : halves(comparison);
    }
    List<Long> left =
        LongStream.range(from, to).boxed().filter(seed -> !same(printed(seed, sections))).toList();
    if (!left.isEmpty()) {
      long first = left.get(0);
      alone(first, comparison, printed(first, sections))
          .ifPresent(text -> failures.put(first, text));
    }
    if (left.size() > 1) {
      failures.putAll(new Batch(left.get(1), to, wide).failures(comparison));
    }
    return failures;
  }

  private Map<Long, String> halves(Comparison comparison) {
    long middle = (from + to) / 2;
    Map<Long, String> failures = new TreeMap<>();
    failures.putAll(new Batch(from, middle, wide).failures(comparison));
    failures.putAll(new Batch(middle, to, wide).failures(comparison));
    return failures;
  }

  /**
   * Programs of a batch share memory, and behind one that ends all there are no others.
   *
   * @param printed what it prints in the batch, by where it runs
   */
  private Optional<String> alone(long seed, Comparison comparison, Map<String, String> printed) {
    Optional<String> difference;
    try {
      difference = comparison.difference(new Batch(seed, seed + 1, wide).source());
    } catch (MirageException e) {
      return Optional.of(e.getMessage());
    }
    boolean explained =
        printed.values().stream().anyMatch(s -> s.isEmpty() || Comparison.outOfMemory(s));
    return difference.isPresent() || explained
        ? difference
        : Comparison.difference(printed)
            .map(text -> "not alone, but behind %d to %d, %s".formatted(from, seed - 1, text));
  }

  private String source() {
    return ProgramGenerator.source(LongStream.range(from, to), wide);
  }

  private static boolean same(Map<String, String> printed) {
    return !printed.containsValue("") && printed.values().stream().distinct().count() == 1;
  }

  /** What one program prints, by where it runs; empty where no run came to it. */
  private static Map<String, String> printed(long seed, Map<String, Map<Long, String>> sections) {
    Map<String, String> printed = new LinkedHashMap<>();
    sections.forEach((where, section) -> printed.put(where, section.getOrDefault(seed, "")));
    return printed;
  }

  /** What each program prints; the last one with the end of all. */
  private static Map<Long, String> sections(String output) {
    Map<Long, String> sections = new LinkedHashMap<>();
    List<MatchResult> begins = BEGIN.matcher(output).results().toList();
    for (int i = 0; i < begins.size(); i++) {
      int end = i + 1 < begins.size() ? begins.get(i + 1).start() : output.length();
      sections.put(
          Long.valueOf(begins.get(i).group(1)), output.substring(begins.get(i).end(), end));
    }
    return sections;
  }
}
