// SPDX-License-Identifier: Apache-2.0
package mirage.device.stack;

import static org.assertj.core.api.Assertions.assertThat;

import mirage.device.testkit.HostProgram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How a stack comes by its addresses, and keeps them. */
class AddressesTest {
  private static final String LEASE = "10.0.0.77/24 gateway 10.0.0.2 dns 10.0.0.2 9.9.9.9\n";
  private static final String START =
      """
         0 discover from 0.0.0.0 to 255.255.255.255
         0 request from 0.0.0.0 to 255.255.255.255
      """;

  private static HostProgram dhcp;

  @BeforeAll
  static void compile() {
    dhcp = Programs.compile("dhcp");
  }

  @Test
  void aLeaseIsRenewedAtHalfItsTime() {
    assertThat(dhcp.output("renewal"))
        .isEqualTo(
            START
                + "   0 "
                + LEASE
                + " 500 request from 10.0.0.77 to 10.0.0.2\n"
                + "1000 request from 10.0.0.77 to 10.0.0.2\n"
                + "1100 "
                + LEASE);
  }

  @Test
  void allServersAreAskedBeforeALeaseEnds() {
    assertThat(dhcp.output("silence"))
        .contains(" 500 request from 10.0.0.77 to 10.0.0.2, no answer\n")
        .contains(" 875 request from 10.0.0.77 to 255.255.255.255, no answer\n")
        .contains(
            "1000 warning: no address: the lease has ended and no server renews it; the next try is in ")
        .contains("1000 discover from 0.0.0.0 to 255.255.255.255, no answer\n")
        .contains("1010 no address\n")
        .endsWith("1030 " + LEASE);
  }

  @Test
  void aRefusedAddressIsGivenUpAtOnce() {
    assertThat(dhcp.output("refusal"))
        .endsWith(
            """
              50 warning: no address: the server refused the address; the next try is in 2 s
              51 no address
              52 discover from 0.0.0.0 to 255.255.255.255
              52 request from 0.0.0.0 to 255.255.255.255
              61 10.0.0.78/24 gateway 10.0.0.2 dns 10.0.0.2 9.9.9.9
            """);
  }

  @Test
  void anAddressThatIsTakenIsDeclined() {
    assertThat(dhcp.output("conflict"))
        .isEqualTo(
            START
                + """
                     0 warning: no address: 10.0.0.77 is in use by another machine; the next try is in 10 s
                     0 decline from 0.0.0.0 to 255.255.255.255
                    10 discover from 0.0.0.0 to 255.255.255.255
                    10 request from 0.0.0.0 to 255.255.255.255
                    10 10.0.0.79/24 gateway 10.0.0.2 dns 10.0.0.2 9.9.9.9
                  """);
  }

  @Test
  void aSilentServerIsAskedAgainAndALeaseMayHaveNoEnd() {
    assertThat(dhcp.output("late"))
        .containsPattern(
            "(?m)^ +([345]) warning: no address: no server answers; the next try is in [789] s\\n +\\1 discover .*, no answer$")
        .containsPattern("\\n1000\\d\\d " + LEASE);
  }

  @Test
  void bothVersionsOfIpCarryData() {
    assertThat(Programs.compile("dual-stack").output())
        .isEqualTo(
            """
            10.0.0.1
            10.0.0.1 fe80::ff:fe00:1 fd00::1
            hello 10.0.0.2
            hello fd00::2
            hello fe80::ff:fe00:2
            connection attempt timed out
            fd00::1 true
            10.0.0.3 fe80::ff:fe00:1 fd00::3
            10.0.0.4 fe80::ff:fe00:2
            """);
  }
}
