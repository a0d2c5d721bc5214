// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import mirage.conformance.fuzz.comparison.Batch;
import mirage.conformance.fuzz.comparison.Comparison;
import mirage.conformance.fuzz.program.Program;
import mirage.conformance.fuzz.shrink.Shrinker;
import mirage.tools.AtomicFiles;

/**
 * Keeps programs that differ, in a folder: {@code <seed>.ml}, in {@code <seed>.txt} the first line that differs, in {@code
 * <seed>-small.ml} a smaller program that differs too. Safe with any number of threads.
 */
final class Findings {
  private final Path folder;
  private final int shrunk;
  private final Map<Long, String> differences = new TreeMap<>();

  /**
   * Keeps none so far.
   *
   * @param folder made when needed
   * @param shrunk how many are made smaller, for that takes minutes; of a broken compiler there are too many
   */
  Findings(Path folder, int shrunk) {
    this.folder = folder;
    this.shrunk = shrunk;
  }

  /**
   * Runs a batch.
   *
   * @return how many differ
   */
  int compare(Batch batch, Comparison comparison) {
    Map<Long, String> failures = batch.failures(comparison);
    failures.forEach((seed, difference) -> keep(Program.of(seed), difference, comparison));
    return failures.size();
  }

  private void keep(Program program, String difference, Comparison comparison) {
    String name = String.valueOf(program.number());
    AtomicFiles.write(folder.resolve(name + ".ml"), program.source());
    AtomicFiles.write(folder.resolve(name + ".txt"), difference + "\n");
    int before;
    synchronized (differences) {
      before = differences.size();
      differences.put(program.number(), difference);
    }
    if (before < shrunk) {
      AtomicFiles.write(
          folder.resolve(name + "-small.ml"), new Shrinker(program, comparison).shrink());
    }
  }

  /** The first difference of each program, by seed. */
  Map<Long, String> differences() {
    synchronized (differences) {
      return Map.copyOf(differences);
    }
  }
}
