// SPDX-License-Identifier: Apache-2.0
package mirage.device.wifi;

import static org.assertj.core.api.Assertions.assertThat;

import mirage.device.testkit.HostProgram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stations and access points of ours on an air in one program. */
class NetworkTest {
  private static HostProgram program;

  @BeforeAll
  static void compile() {
    program = Programs.compile("network", "air");
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "wpa2 hardware", "wpa2 software"})
  void framesGoBothWaysToOneAndToAll(String network) {
    assertThat(program.output(network))
        .isEqualTo(
            """
            joined
            joined
            a: 1 2 3 22
            b: 11 12 13 23
            c: 21 23 22
            b sent 5, received 4; 2 stations; b hears -40 dBm
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hardware", "software"})
  void nobodyElseCanReadThem(String keys) {
    assertThat(program.output("secrecy", keys))
        .isEqualTo(
            """
            joined
            3 frames, 0 of them readable
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hardware", "software"})
  void aBadAirCostsAFewFramesAndNoOrder(String keys) {
    assertThat(program.output("lossy", keys))
        .isEqualTo(
            """
            joined
            a: most true, in order and once true
            b: most true, in order and once true
            """);
  }

  @Test
  void aWrongPassphraseIsToldApartAndTriedAgain() {
    String refused = "ap: 02:00:00:00:01:02 is refused: it has another passphrase\n";
    assertThat(program.output("wrong"))
        .startsWith(refused + "the access point has another passphrase\n0 stations\n" + refused)
        .endsWith("ap: 02:00:00:00:01:02 has joined\njoined\n");
  }

  @Test
  void whoIsLostIsLookedForAndFoundAgain() {
    assertThat(program.output("vanishing"))
        .matches(
            """
            joined
            1. s: the link is lost: the access point is not heard any more
            (?:\\d+ s: not joined: no such network is heard; the next try is in \\d+ s
            ){4,8}\
            (\\d+) s: joining "home" .*
            \\1 s: joined "home" .*
            linked true
            125 s: the link is lost: the access point has ended the link: the other side is leaving
            125 s: joining "home" .*
            125 s: joined "home" .*
            linked true
            130 s: left the network
            0 stations
            """);
  }

  @Test
  void whatCannotBeJoinedIsExplained() {
    assertThat(program.output("unfit"))
        .isEqualTo(
            """
            it is protected by WPA2, and no passphrase is given
            no such network is heard
            it is an open network, and is not joined since a passphrase is given
            passphrase: it has 5 characters; a WPA2 passphrase has 8 to 63, or 64 hexadecimal digits, which are the key itself
            passphrase: it has a character that is not a printable one of ASCII; a WPA2 passphrase has no others
            SSID "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx": it has 33 bytes; an SSID has 1 to 32
            not served: SSID "": it has 0 bytes; an SSID has 1 to 32
            """);
  }

  @Test
  void lookingAroundCostsNoLinkAndNoFrame() {
    assertThat(program.output("looking"))
        .isEqualTo(
            """
            "home" (02:00:00:00:01:01) on channel 3, -40 dBm, WPA2
            "other" (02:00:00:00:01:03) on channel 11, -80 dBm, open
            joined
            sent true
            2 heard, linked true
            b: 2
            """);
  }

  @Test
  void theNinthStationIsToldThatThereIsNoRoom() {
    assertThat(program.output("crowd"))
        .isEqualTo(
            "joined\n".repeat(8)
                + "the access point refuses: the access point has no room for more stations\n8 stations\n");
  }

  @Test
  void whoWasAStationMayBecomeAnAccessPointAndBack() {
    assertThat(program.output("changing"))
        .isEqualTo(
            """
            0 networks
            joined
            0 networks, linked false
            joined
            b: 7
            over true, 0 stations
            """);
  }
}
