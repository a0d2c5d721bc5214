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
    List<Map<Long, String>> sections;
    try {
      sections =
          comparison.outputs(source(), BoardMemory.CHIP).values().stream()
              .map(Batch::sections)
              .toList();
    } catch (MirageException e) {
      // One of them is no program, or none that can be linked.
      return from + 1 == to ? Map.of(from, e.getMessage()) : halves(comparison);
    }
    List<Long> left =
        LongStream.range(from, to).boxed().filter(seed -> !same(seed, sections)).toList();
    if (!left.isEmpty()) {
      long first = left.get(0);
      alone(first, comparison, sections).ifPresent(text -> failures.put(first, text));
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

  /** Programs of a batch share memory, and behind one that ends all there are no others. */
  private Optional<String> alone(
      long seed, Comparison comparison, List<Map<Long, String>> sections) {
    Optional<String> difference;
    try {
      difference = comparison.difference(new Batch(seed, seed + 1, wide).source());
    } catch (MirageException e) {
      return Optional.of(e.getMessage());
    }
    boolean explained =
        sections.stream()
            .anyMatch(s -> !s.containsKey(seed) || Comparison.outOfMemory(s.get(seed)));
    return difference.isPresent() || explained
        ? difference
        : Optional.of("differs behind %d to %d, but not alone".formatted(from, seed - 1));
  }

  private String source() {
    return ProgramGenerator.source(LongStream.range(from, to), wide);
  }

  private static boolean same(long seed, List<Map<Long, String>> sections) {
    return sections.stream().allMatch(s -> s.containsKey(seed))
        && sections.stream().map(s -> s.get(seed)).distinct().count() == 1;
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
