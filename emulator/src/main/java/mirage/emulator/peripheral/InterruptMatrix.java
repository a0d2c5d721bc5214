// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import java.util.Arrays;

/**
 * Routes the levels of all peripheral sources to the 32 interrupt lines of each core (TRM, "Interrupt
 * Matrix"). Its map registers
 * belong to DPORT, which declares them.
 */
public final class InterruptMatrix {
  /** Where the lines end. */
  @FunctionalInterface
  public interface Lines {
    /** Line {@code line} of core {@code core} (0 PRO, 1 APP) changes to {@code level}. */
    void set(int core, int line, boolean level);
  }

  /** Reset value of a map register: a line that is internal to the core, so the source goes nowhere. */
  static final int UNMAPPED = 16;

  private static final int CORES = 2;
  private static final int SOURCES = InterruptSource.values().length;

  private final Lines lines;
  private final int[][] map = new int[CORES][SOURCES];
  private final int[] driven = new int[CORES];
  private final boolean[] level = new boolean[SOURCES];

  public InterruptMatrix(Lines lines) {
    this.lines = lines;
    reset();
  }

  /** Source {@code source} is now at {@code high}. */
  public void set(InterruptSource source, boolean high) {
    if (level[source.ordinal()] != high) {
      level[source.ordinal()] = high;
      update();
    }
  }

  /** Source {@code source} gives a short pulse, for lines that latch edges. */
  public void pulse(InterruptSource source) {
    set(source, true);
    set(source, false);
  }

  /** The line that {@code source} is routed to on {@code core}. */
  public int line(int core, InterruptSource source) {
    return map[core][source.ordinal()];
  }

  void route(int core, int source, int line) {
    map[core][source] = line;
    update();
  }

  /** Word {@code word} of the status of all sources, as INTR_STATUS_0..2 show it. */
  int status(int word) {
    int bits = 0;
    for (int i = 0; i < 32 && 32 * word + i < SOURCES; i++) {
      bits |= level[32 * word + i] ? 1 << i : 0;
    }
    return bits;
  }

  /** All sources low and unrouted. */
  void reset() {
    for (int[] row : map) {
      Arrays.fill(row, UNMAPPED);
    }
    Arrays.fill(level, false);
    update();
  }

  private void update() {
    for (int core = 0; core < CORES; core++) {
      int wanted = 0;
      for (int i = 0; i < SOURCES; i++) {
        if (level[i]) {
          wanted |= 1 << map[core][i];
        }
      }
      int changed = wanted ^ driven[core];
      driven[core] = wanted;
      for (; changed != 0; changed &= changed - 1) {
        int line = Integer.numberOfTrailingZeros(changed);
        lines.set(core, line, (wanted >>> line & 1) != 0);
      }
    }
  }
}
