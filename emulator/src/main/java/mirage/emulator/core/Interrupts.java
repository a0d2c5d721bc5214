// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

/** The 32 interrupt lines of a core of the ESP32: their levels and kinds (TRM, table 4-2). */
final class Interrupts {
  static final int SOFTWARE = 1 << 7 | 1 << 29;
  static final int EDGE = 1 << 10 | 1 << 22 | 1 << 28 | 1 << 30;
  static final int NMI = 1 << 14;

  /** The line of each of CCOMPARE0-2. */
  static final int[] TIMERS = {6, 15, 16};

  private static final int TIMER_BITS = 1 << 6 | 1 << 15 | 1 << 16;
  private static final int PROFILING = 1 << 11;

  /** Lines by level. */
  private static final int[] OF_LEVEL = {
    0, 0x000637ff, 0x00380000, 0x28c08800, 0x53000000, 0x84010000, 0, NMI
  };

  private Interrupts() {}

  /** Whether a line is driven from outside the core. */
  static boolean isExternal(int line) {
    return (1 << line & (SOFTWARE | TIMER_BITS | PROFILING)) == 0;
  }

  /**
   * The highest level above {@code masked} of the lines in {@code pending}, or 0. Level 7 cannot be
   * masked.
   */
  static int deliverableLevel(int pending, int masked) {
    for (int level = 7; level > Math.min(masked, 6); level--) {
      if ((pending & OF_LEVEL[level]) != 0) {
        return level;
      }
    }
    return 0;
  }
}
