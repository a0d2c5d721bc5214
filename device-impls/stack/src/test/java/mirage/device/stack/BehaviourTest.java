// SPDX-License-Identifier: Apache-2.0
package mirage.device.stack;

import static org.assertj.core.api.Assertions.assertThat;

import mirage.device.testkit.HostProgram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What TCP does where a transfer over a bad wire does not lead. */
class BehaviourTest {
  private static HostProgram program;

  @BeforeAll
  static void compile() {
    program = Programs.compile("behaviour");
  }

  @Test
  void aClosedWindowIsProbedForAsLongAsThePeerAnswers() {
    assertThat(program.output("zero-window"))
        .isEqualTo(
            """
            probed true
            right true
            """);
  }

  @Test
  void aClosedWindowIsGivenUpOnceTheConnectionIsClosed() {
    assertThat(program.output("closed-at-zero-window"))
        .isEqualTo(
            """
            600000 ms: left 1+0 1+0
            840000 ms: left 0+0 0+0
            """);
  }

  @Test
  void keepAliveFindsADeadPeer() {
    assertThat(program.output("keepalive"))
        .isEqualTo(
            """
            3 probes answered
            43000 ms: connection attempt timed out
            44000 ms: left 0+0 1+0
            """);
  }

  @Test
  void keepAliveFindsThePeerWhoseResetWasLost() {
    assertThat(program.output("lost-reset"))
        .isEqualTo(
            """
            silent: 1 left
            keep-alive: 0 left
            """);
  }

  @Test
  void smallWritesGoTogetherUnlessAskedNotTo() {
    assertThat(program.output("nagle"))
        .isEqualTo(
            """
            Nagle: 2 segments
            without: 20 segments
            """);
  }

  @Test
  void anAcknowledgementWaitsForASecondSegment() {
    assertThat(program.output("delayed-ack"))
        .isEqualTo(
            """
            after 39 ms 0
            after 41 ms 1
            after two 2
            """);
  }

  @Test
  void aPeerThatDoesNotAnswerIsGivenUp() {
    assertThat(program.output("dead-peer"))
        .isEqualTo(
            """
            162200 ms: connection attempt timed out
            162200 ms: connection attempt timed out
            362200 ms: left 0+0 1+0
            """);
  }

  @Test
  void aConnectionIsRefusedOrTimesOut() {
    assertThat(program.output("refused"))
        .isEqualTo(
            """
            0 ms: connection attempt was refused
            4000 ms: connection attempt timed out
            4000 ms: connection attempt timed out
            4000 ms: left 0+0 0+0
            """);
  }

  @Test
  void aResetIsAnErrorForItsReader() {
    assertThat(program.output("reset"))
        .isEqualTo(
            """
            0 ms: connection reset by peer
            0 ms: attempted to write to a closed flow
            0 ms: left 0+0 0+0
            """);
  }

  @Test
  void oneSideMayGoOnAfterTheOtherHasClosed() {
    assertThat(program.output("half-close"))
        .isEqualTo(
            """
            0 ms: end
            30000 ms: 10 bytes
            30000 ms: end
            30000 ms: left 0+1 1+0
            91000 ms: left 0+0 0+0
            """);
  }

  @Test
  void aPeerThatNeverClosesIsReset() {
    assertThat(program.output("never-closed"))
        .isEqualTo(
            """
            59000 ms: left 1+0 1+0
            61000 ms: left 0+0 0+0
            61000 ms: end
            61000 ms: end
            """);
  }

  @Test
  void aThousandConnectionsLeaveNothing() {
    assertThat(program.output("many"))
        .isEqualTo(
            """
            1000 served, 64 in TIME-WAIT at most
            left 0 0
            """);
  }

  @Test
  void oneConnectionTooManyIsReset() {
    assertThat(program.output("limit"))
        .isEqualTo(
            """
            there are 64 connections, and no more are allowed
            RST ACK 101
            SYN ACK 101
            """);
  }

  @Test
  void guessedSegmentsAreChallenged() {
    assertThat(program.output("blind"))
        .isEqualTo(
            """
            ACK 101
            no answer
            ACK 101
            ACK 101
            no answer
            connections 1
            1200 ms: connection reset by peer
            connections 0
            """);
  }

  @Test
  void aFloodOfSynsLeavesRoomForOthers() {
    assertThat(program.output("flood"))
        .isEqualTo(
            """
            half open 64
            0 ms: 5 bytes
            connections 1
            """);
  }

  @Test
  void overlappingSegmentsMakeTheRightBytes() {
    assertThat(program.output("overlaps"))
        .isEqualTo(
            """
            abcdefghijklmno
            abcdefghijklmno
            abcdefghijklmno
            abcdefghijklmno
            abcdefghijklmno
            """);
  }

  @Test
  void numbersAndTimeMayWrap() {
    assertThat(Programs.compile("wrap").output())
        .isEqualTo(
            """
            plain: right true, closed true
            32 bits: right true, closed true
            31 bits: right true, closed true
            30 bits: right true, closed true
            time: right true, closed true
            """);
  }
}
