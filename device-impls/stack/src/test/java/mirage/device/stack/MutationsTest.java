// SPDX-License-Identifier: Apache-2.0
package mirage.device.stack;

import mirage.device.testkit.Mutations;
import org.junit.jupiter.api.Test;

/** Whatever is received, nothing is raised, nothing hangs, nothing is kept. */
class MutationsTest {
  @Test
  void changedFramesDoNoHarm() {
    Mutations.check(Programs.compile("mutations"), "left 0 0\nworks\n");
  }

  @Test
  void changedAnswersOfADhcpServerDoNoHarm() {
    Mutations.check(Programs.compile("dhcp-mutations"), "addresses are taken: true\n");
  }
}
