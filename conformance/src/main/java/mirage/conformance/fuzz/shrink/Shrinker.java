// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.shrink;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mirage.conformance.chip.BoardMemory;
import mirage.conformance.fuzz.comparison.Batch;
import mirage.conformance.fuzz.comparison.Comparison;
import mirage.conformance.fuzz.draws.Draws;
import mirage.conformance.fuzz.program.Program;
import mirage.tools.MirageException;

/**
 * Makes a program that fails smaller for as long as it fails, on a back end where it fails. Many candidates are tried in one
 * executable.
 */
public final class Shrinker {
  private static final int CANDIDATES = 60;

  /** Characters of source in one executable: if most candidates fail, as the first ones often do, few should be compiled. */
  private static final int TEXT = 50_000;

  private final Program failing;
  private final Comparison comparison;
  private final Set<String> tried = new HashSet<>();

  /**
   * @param comparison by which the program fails
   */
  public Shrinker(Program failing, Comparison comparison) {
    this.failing = failing;
    this.comparison = comparison.narrowed(failing.source());
  }

  /** The source of the smallest one found; that of the program itself if none is smaller. */
  public String shrink() {
    Program smallest = failing;
    Optional<Program> smaller = Optional.of(failing);
    while (smaller.isPresent()) {
      smallest = smaller.get();
      smaller = smaller(smallest);
    }
    return new Pruning(comparison).prune(smallest.source());
  }

  private Optional<Program> smaller(Program failing) {
    List<Program> candidates = new ArrayList<>();
    int text = 0;
    for (Draws draws : Reductions.of(failing.draws())) {
      Program candidate = Program.of(failing.number(), draws);
      if (candidate.module().length() < failing.module().length()
          && tried.add(candidate.module())) {
        candidates.add(numbered(candidates.size() + 1, candidate));
        text += candidate.module().length();
      }
      if (candidates.size() == CANDIDATES || text > TEXT) {
        Optional<Program> found = failing(candidates);
        if (found.isPresent()) {
          return found;
        }
        candidates.clear();
        text = 0;
      }
    }
    return failing(candidates);
  }

  private static Program numbered(long number, Program program) {
    return Program.of(number, program.draws());
  }

  /** The shortest of those that fail alone. */
  private Optional<Program> failing(List<Program> candidates) {
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    List<Program> suspected;
    try {
      suspected = new ArrayList<>(new Batch(candidates).suspects(comparison, BoardMemory.CHIP));
    } catch (MirageException e) {
      return halves(candidates);
    }
    suspected.sort(Comparator.comparing(program -> program.module().length()));
    Optional<Program> found = suspected.stream().filter(this::failsAlone).findFirst();
    if (found.isPresent() || suspected.isEmpty()) {
      return found;
    }
    // What one of them did to the others is not known.
    int next = candidates.indexOf(suspected.get(0)) + 1;
    return failing(List.copyOf(candidates.subList(next, candidates.size())));
  }

  private boolean failsAlone(Program program) {
    try {
      return comparison.difference(program.source()).isPresent();
    } catch (MirageException e) {
      return false;
    }
  }

  /** One of them is no program. */
  private Optional<Program> halves(List<Program> candidates) {
    if (candidates.size() == 1) {
      return Optional.empty();
    }
    int middle = candidates.size() / 2;
    Optional<Program> found = failing(List.copyOf(candidates.subList(0, middle)));
    return found.isPresent()
        ? found
        : failing(List.copyOf(candidates.subList(middle, candidates.size())));
  }
}
