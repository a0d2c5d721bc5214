// SPDX-License-Identifier: Apache-2.0
package mirage.device.wifi;

import static org.assertj.core.api.Assertions.assertThat;

import mirage.device.testkit.HostProgram;
import org.junit.jupiter.api.Test;

/** Whatever is received, nothing is raised, nothing hangs, and afterwards a network is joined as before. */
class MutationsTest {
  /** Of each run; the board of the tests gives one 20 seconds. */
  private static final String FRAMES = System.getProperty("mutations.frames", "25000");

  private static final int SEED = Integer.getInteger("mutations.seed", 1);
  private static final int RUNS = Integer.getInteger("mutations.runs", 4);

  @Test
  void changedFramesDoNoHarm() {
    HostProgram program = Programs.compile("mutations");
    for (int seed = SEED; seed < SEED + RUNS; seed++) {
      assertThat(Programs.output(program, "" + seed, FRAMES))
          .as("seed %d", seed)
          .isEqualTo("100 frames in the corpus, works after true\n");
    }
  }
}
