// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import mirage.emulator.ethernet.TestCable;
import org.junit.jupiter.api.Test;

/** A program with a driver of its own, on a chip with a cable. */
class EthernetTest {
  private static final byte[] STATION = {2, 0, 0, 0, 0, 1};

  /** Lets time pass while the machine waits for what comes from outside. */
  private static final Host TIME_PASSES =
      new Host() {
        @Override
        public long pace(Esp32 machine, long now, long target) {
          return target;
        }

        @Override
        public long await(Esp32 machine, long now, long until) {
          return until;
        }
      };

  @Test
  void framesWakeAnIdleChipAndComeBack() {
    TestCable cable = new TestCable();
    Esp32 machine = EchoGuest.image().builder().ethernet(cable).host(TIME_PASSES).build();
    machine.boot();
    long second = TestImage.ticks(1);
    assertThat(machine.run(second)).isEqualTo(Outcome.failed(Outcome.Kind.TIMEOUT, ""));
    long instructions = machine.instructions();
    assertThat(machine.run(2 * second).kind()).isEqualTo(Outcome.Kind.TIMEOUT);
    assertThat(machine.instructions()).as("an idle chip").isEqualTo(instructions);

    cable.incoming.add(EchoGuest.frame(EchoGuest.MAC, STATION, 'x', 1000));
    machine.ethernet().inputArrived();
    assertThat(machine.run(3 * second).kind()).isEqualTo(Outcome.Kind.TIMEOUT);
    assertThat(cable.sent).containsExactly(EchoGuest.frame(STATION, EchoGuest.MAC, 'x', 1000));
    assertThat(cable.sentAt.get(0)).isBetween(2 * second, 2 * second + second / 1000);

    cable.incoming.add(EchoGuest.frame(EchoGuest.MAC, STATION, EchoGuest.END, 100));
    machine.ethernet().inputArrived();
    assertThat(machine.run(4 * second)).isEqualTo(new Outcome(Outcome.Kind.HALTED, 2, ""));
    assertThat(cable.sent.get(1))
        .isEqualTo(EchoGuest.frame(STATION, EchoGuest.MAC, EchoGuest.END, 100));
  }

  @Test
  void withoutAnythingOutsideTheWaitIsADeadlock() {
    Esp32 machine = EchoGuest.image().builder().ethernet(new TestCable()).build();
    machine.boot();
    assertThat(machine.run(TestImage.ticks(10)).kind()).isEqualTo(Outcome.Kind.DEADLOCK);
  }
}
