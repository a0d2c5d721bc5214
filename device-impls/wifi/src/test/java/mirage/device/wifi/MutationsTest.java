// SPDX-License-Identifier: Apache-2.0
package mirage.device.wifi;

import mirage.device.testkit.Mutations;
import org.junit.jupiter.api.Test;

/** Whatever is received, nothing is raised, nothing hangs, and afterwards a network is joined as before. */
class MutationsTest {
  @Test
  void changedFramesDoNoHarm() {
    Mutations.check(Programs.compile("mutations"), "100 frames in the corpus, works after true\n");
  }
}
