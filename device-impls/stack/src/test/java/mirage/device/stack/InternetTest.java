// SPDX-License-Identifier: Apache-2.0
package mirage.device.stack;

import static org.assertj.core.api.Assertions.assertThat;

import mirage.device.testkit.HostProgram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** ARP, IPv4, ICMP and UDP. */
class InternetTest {
  private static HostProgram program;

  @BeforeAll
  static void compile() {
    program = Programs.compile("internet");
  }

  @Test
  void echoesAreAnswered() {
    assertThat(program.output("ping"))
        .isEqualTo(
            """
            answer 8
            answer 64
            answer 1480
            """);
  }

  @Test
  void fragmentsMakeTheRightBytesInBoundedMemory() {
    assertThat(program.output("reassembly"))
        .isEqualTo(
            """
            in any order: 3000 bytes, right true
            overlapping: nothing
            after half a minute: nothing
            of odd length: nothing
            kept true
            in too many pieces: nothing
            """);
  }

  @Test
  void anAddressIsDefended() {
    assertThat(program.output("conflict"))
        .isEqualTo(
            """
            defended 1
            defended 2
            """);
  }

  @Test
  void aMachineWithTheSameMacAddressIsTold() {
    assertThat(program.output("twin")).isEqualTo("warned 0\nwarned 1\nwarned 2\n");
  }

  @Test
  void addressesAreLearnedAndForgotten() {
    assertThat(program.output("learning"))
        .isEqualTo(
            """
            02:00:00:00:00:02
            02:00:00:00:00:09
            64 known
            own 10.0.0.1
            """);
  }

  @Test
  void datagramsArriveWholeOrNotAtAll() {
    assertThat(program.output("udp"))
        .isEqualTo(
            """
            no route to destination: outside of the network, and there is no gateway
            10.0.0.1 to 10.0.0.2: 0 from 5
            10.0.0.1 to 10.0.0.2: 1472 from 5
            10.0.0.1 to 10.0.0.2: 9000 from 5
            10.0.0.1 to 255.255.255.255: 1 from 5
            10.0.0.1 to 10.0.0.255: 2 from 5
            10.0.0.1 to 224.0.0.1: 3 from 5
            """);
  }
}
