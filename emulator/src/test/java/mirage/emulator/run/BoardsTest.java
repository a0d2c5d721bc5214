// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import mirage.emulator.EchoGuest;
import mirage.emulator.Esp32;
import mirage.emulator.Outcome;
import mirage.emulator.TestImage;
import mirage.emulator.board.Frames;
import mirage.emulator.clock.Clock;
import mirage.emulator.net.LocalNetwork;
import mirage.emulator.net.LocalNetwork.Disturbance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two chips that send each other whatever they get, and a third station that begins the game and listens. */
class BoardsTest {
  private static final long LATENCY = 100 * Clock.TICKS_PER_MICROSECOND;
  private static final byte[] OTHER_MAC = {0x24, 0x0A, (byte) 0xC4, 0, 1, 0x11};

  /** The game: what the third station hears up to the end, and the instructions of both. */
  private record Game(List<Long> heard, long instructions, List<Outcome> outcomes) {}

  private static Game play(Disturbance disturbance, boolean swapped, double seconds) {
    LocalNetwork network = new LocalNetwork(LATENCY, disturbance);
    LocalNetwork.Cable station = network.plug();
    Esp32 first = chip(network, EchoGuest.image());
    Esp32 second = chip(network, EchoGuest.image(OTHER_MAC));
    Boards boards = new Boards(network, swapped ? List.of(second, first) : List.of(first, second));
    boards.run(TestImage.ticks(0.2));
    station.send(TestImage.ticks(0.2), EchoGuest.frame(EchoGuest.MAC, OTHER_MAC, 'x', 500));
    List<Outcome> outcomes = boards.run(TestImage.ticks(seconds));
    List<Long> heard = new ArrayList<>();
    for (long tick = station.arrival(); tick != LocalNetwork.Cable.NEVER; ) {
      heard.add(Frames.intact(station.receive(tick)) ? tick : -tick);
      tick = station.arrival();
    }
    return new Game(heard, first.instructions() + second.instructions(), outcomes);
  }

  private static Esp32 chip(LocalNetwork network, TestImage image) {
    Esp32 machine = image.builder().ethernet(network.plug()).host(Boards.HOST).build();
    machine.boot();
    return machine;
  }

  @Test
  void framesGoBackAndForth() {
    Game game = play(Disturbance.NONE, false, 0.3);
    assertThat(game.outcomes()).extracting(Outcome::kind).containsOnly(Outcome.Kind.TIMEOUT);
    long apart = game.heard().get(1) - game.heard().get(0);
    assertThat(apart)
        .as("latency, 538 byte times and the program's own time")
        .isBetween(LATENCY + 538 * 8 * 480 / 100, LATENCY + 538 * 8 * 480 / 100 + 5000);
    assertThat(game.heard()).hasSizeGreaterThan((int) (TestImage.ticks(0.1) / apart) - 3);
    for (int i = 2; i < game.heard().size(); i++) {
      assertThat(game.heard().get(i) - game.heard().get(i - 1)).isBetween(apart - 200, apart + 200);
    }
  }

  @Test
  void theOrderOfTheMachinesDoesNotMatter() {
    Disturbance disturbance = new Disturbance(7, 0, 0, LATENCY);
    Game game = play(disturbance, false, 0.3);
    Game again = play(disturbance, false, 0.3);
    Game swapped = play(disturbance, true, 0.3);
    assertThat(again.heard()).isEqualTo(game.heard());
    assertThat(again.instructions()).isEqualTo(game.instructions());
    assertThat(swapped.heard()).isEqualTo(game.heard());
    assertThat(swapped.instructions()).isEqualTo(game.instructions());
    assertThat(play(new Disturbance(8, 0, 0, LATENCY), false, 0.3).heard())
        .as("another seed")
        .isNotEqualTo(game.heard());
  }

  /** An hour is played: where nothing happens, nothing is done. */
  @Test
  @Timeout(60)
  void aLostFrameEndsTheGame() {
    Game whole = play(Disturbance.NONE, false, 0.3);
    Game lossy = play(new Disturbance(1, 0.05, 0, 0), false, 3600);
    assertThat(lossy.heard()).hasSizeBetween(1, whole.heard().size() / 2);
    Game noisy = play(new Disturbance(1, 0, 0.05, 0), false, 0.3);
    assertThat(noisy.heard())
        .as("the MAC drops a damaged frame")
        .hasSizeLessThan(whole.heard().size() / 2);
  }
}
