// SPDX-License-Identifier: Apache-2.0
package mirage.device.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whatever is received, nothing is raised, nothing hangs, nothing is kept. */
class MutationsTest {
  private static final String FRAMES = System.getProperty("mutations.frames", "100000");
  private static final String SEED = System.getProperty("mutations.seed", "1");

  @Test
  void changedFramesDoNoHarm() {
    assertThat(Programs.output(Programs.compile("mutations"), SEED, FRAMES))
        .isEqualTo("left 0 0\nworks\n");
  }
}
