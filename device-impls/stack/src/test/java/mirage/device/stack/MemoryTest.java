// SPDX-License-Identifier: Apache-2.0
package mirage.device.stack;

import static org.assertj.core.api.Assertions.assertThat;

import mirage.device.testkit.HostProgram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What TCP's connections keep, each and together. */
class MemoryTest {
  private static HostProgram program;

  @BeforeAll
  static void compile() {
    program = Programs.compile("memory");
  }

  @Test
  void aConnectionWithFewBytesTakesLittleMemory() {
    assertThat(program.output("small-pieces"))
        .isEqualTo(
            """
            61 connections, each with 128 bytes of buffers at both ends
            """);
  }

  @Test
  void peersThatSendMuchAndAreNotReadShareABoundedMemory() {
    assertThat(program.output("greedy"))
        .isEqualTo(
            """
            bounded true
            40 right
            """);
  }

  @Test
  void whereMemoryIsShortAllConnectionsGoOn() {
    assertThat(program.output("turns"))
        .isEqualTo(
            """
            40 right, most segments are long: true
            """);
  }

  @Test
  void timersGoOnWhenThereWasNoMemory() {
    assertThat(program.output("timers"))
        .isEqualTo(
            """
            1 times without memory, then lost
            """);
  }
}
