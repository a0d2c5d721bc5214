// SPDX-License-Identifier: Apache-2.0
package mirage.device.testkit;

/**
 * Runs a program that changes frames at random and feeds them to a library; its arguments are a seed and the number of frames. For
 * longer runs there are the system properties {@code mutations.seed}, {@code mutations.runs} and {@code mutations.frames}.
 */
public final class Mutations {
  /** Of each run; the board of the tests gives one 20 seconds. */
  private static final int FRAMES = Integer.getInteger("mutations.frames", 25_000);

  private static final int SEED = Integer.getInteger("mutations.seed", 1);
  private static final int RUNS = Integer.getInteger("mutations.runs", 4);

  private Mutations() {}

  /**
   * Runs {@code program} with each seed.
   *
   * @throws AssertionError if one of them fails or prints anything but {@code expected}
   */
  public static void check(HostProgram program, String expected) {
    check(program, expected, 1);
  }

  /**
   * The same where a frame takes longer.
   *
   * @param cost how many times as long; there are as many times fewer of them
   */
  public static void check(HostProgram program, String expected, int cost) {
    for (int seed = SEED; seed < SEED + RUNS; seed++) {
      String printed = program.output("" + seed, "" + FRAMES / cost);
      if (!printed.equals(expected)) {
        throw new AssertionError("seed %d: printed%n%s".formatted(seed, printed));
      }
    }
  }
}
