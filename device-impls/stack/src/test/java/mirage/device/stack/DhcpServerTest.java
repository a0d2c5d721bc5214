// SPDX-License-Identifier: Apache-2.0
package mirage.device.stack;

import static org.assertj.core.api.Assertions.assertThat;

import mirage.device.testkit.HostProgram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A network's addresses are given out one client each. */
class DhcpServerTest {
  private static HostProgram program;

  @BeforeAll
  static void compile() {
    program = Programs.compile("dhcp-server");
  }

  @Test
  void theClientGetsAnAddress() {
    assertThat(program.output("wire"))
        .contains("DHCPOFFER", "DHCPACK")
        .endsWith("192.168.1.70/24 gateway 192.168.1.5 dns 192.168.1.5 9.9.9.9 for 100 s\n");
  }

  @Test
  void eachMessageHasItsAnswer() {
    assertThat(program.output("talk"))
        .isEqualTo(
            """
            first: DHCPOFFER 192.168.1.71 to 192.168.1.71, leases 1
            first takes it: DHCPACK 192.168.1.71 to 192.168.1.71, leases 1
            second: DHCPOFFER 192.168.1.70 to 192.168.1.70, leases 2
            second takes another server's: update, leases 1
            second steals: DHCPNAK 0.0.0.0 to 255.255.255.255, leases 1
            third: DHCPOFFER 192.168.1.70 to 192.168.1.70, leases 2
            fourth: warning: no address is left to be given out, leases 2
            a host: DHCPOFFER 192.168.1.9 to 192.168.1.9, leases 3
            first renews: DHCPACK 192.168.1.71 to 192.168.1.71, leases 3
            first restarts: DHCPACK 192.168.1.71 to 192.168.1.71, leases 1
            first comes from elsewhere: DHCPNAK 0.0.0.0 to 255.255.255.255, leases 1
            a stranger restarts: silence, leases 1
            fourth again, an offer has run out: DHCPOFFER 192.168.1.70 to 192.168.1.70, leases 2
            fourth declines: update, leases 2
            fourth again: warning: no address is left to be given out, leases 2
            first leaves: update, leases 1
            fourth at last: DHCPOFFER 192.168.1.71 to 192.168.1.71, leases 2
            somebody informs: DHCPACK 0.0.0.0 to 192.168.1.200, leases 2
            a server: warning: a server's message on the server's port, leases 2
            """);
  }

  @Test
  void changedFramesDoNoHarm() {
    for (int seed = 1; seed <= 3; seed++) {
      assertThat(program.output("" + seed)).isEqualTo("at most 21 leases: true\n");
    }
  }
}
