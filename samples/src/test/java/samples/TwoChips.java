// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import mirage.emulator.Esp32;
import mirage.emulator.Outcome;
import mirage.emulator.air.Air;
import mirage.emulator.air.Disturbance;
import mirage.emulator.clock.Clock;
import mirage.emulator.run.Boards;

/**
 * What two chips with the same program did on one air.
 *
 * @param console what both said, in the order they did
 * @param instructions that each executed
 */
record TwoChips(String console, List<Long> instructions) {
  /** Runs them until both have ended, which takes no more than {@code seconds} of virtual time. */
  static TwoChips run(byte[] image, Disturbance disturbance, int seconds) {
    Air air = new Air(disturbance, transmission -> {});
    StringBuilder console = new StringBuilder();
    List<Esp32> chips = new ArrayList<>();
    for (int number = 1; number <= 2; number++) {
      Esp32 chip =
          Esp32.builder()
              .flash(image)
              .mac(new byte[] {0x24, 0x0A, (byte) 0xC4, 0, (byte) number, (byte) (16 * number)})
              .antenna(air.join(Esp32.RADIO_STRENGTH))
              .host(Boards.HOST)
              .console(value -> console.append((char) value))
              .build();
      chip.boot();
      chips.add(chip);
    }
    List<Outcome> outcomes = Boards.onAir(chips).run(seconds * Clock.TICKS_PER_SECOND);
    assertThat(outcomes).as(console.toString()).allMatch(it -> it.kind() == Outcome.Kind.HALTED);
    return new TwoChips(console.toString(), chips.stream().map(Esp32::instructions).toList());
  }
}
