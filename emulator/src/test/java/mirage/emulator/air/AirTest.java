// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.air;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mirage.emulator.clock.Clock;
import org.junit.jupiter.api.Test;

/** The medium without anybody who understands what is said. */
class AirTest {
  private static final Rate SLOW = Rate.direct(1000, false);

  private static long micros(long count) {
    return count * Clock.TICKS_PER_MICROSECOND;
  }

  private static Antenna listener(Air air) {
    Antenna antenna = air.join(-50);
    antenna.listen(true);
    return antenna;
  }

  @Test
  void framesTakeTheirTime() {
    assertThat(SLOW.duration(10)).as("an acknowledgement").isEqualTo(micros(304));
    assertThat(Rate.direct(11_000, true).duration(1496)).isEqualTo(micros(96 + 1091));
    assertThat(Rate.ofdm(6).duration(10)).isEqualTo(micros(20 + 24 + 6));
    assertThat(Rate.ofdm(54).duration(1496)).isEqualTo(micros(20 + 4 * 56 + 6));
    assertThat(Rate.ofdm(54).duration(10)).isGreaterThanOrEqualTo(Air.LOOKAHEAD);
  }

  @Test
  void aFrameIsHeardWhereItsChannelIsListenedTo() {
    Air air = new Air();
    Antenna sender = air.join(-60);
    Antenna near = listener(air);
    Antenna elsewhere = listener(air);
    Antenna off = air.join(-50);
    elsewhere.tune(6);
    Transmission sent = sender.send(micros(100), SLOW, new byte[10]);
    assertThat(sent.end()).isEqualTo(micros(404));
    assertThat(near.arrival()).isEqualTo(micros(404));
    assertThat(near.receive(micros(403))).isEmpty();
    Heard heard = near.receive(micros(404)).orElseThrow();
    assertThat(heard.strength()).isEqualTo(-60);
    assertThat(elsewhere.receive(micros(404))).isEmpty();
    assertThat(off.arrival()).isEqualTo(Antenna.NEVER);
    assertThat(sent.acknowledged()).isFalse();
    heard.acknowledge();
    assertThat(sent.acknowledged()).isTrue();
    assertThat(sent.answered()).isEqualTo(micros(404 + 10 + 304 + 9));
  }

  @Test
  void whoMovesToAnotherChannelMissesWhatIsOnItsWay() {
    Air air = new Air();
    Antenna sender = air.join(-60);
    Antenna other = listener(air);
    sender.send(0, SLOW, new byte[10]);
    other.tune(2);
    assertThat(other.receive(micros(304))).isEmpty();
    assertThat(other.arrival()).isEqualTo(Antenna.NEVER);
  }

  @Test
  void disturbancesFollowFromTheSeed() {
    assertThat(counted(7)).isEqualTo(counted(7)).isNotEqualTo(counted(8));
    List<Integer> counts = counted(7);
    assertThat(counts.get(0)).as("heard, of 1000, some twice").isBetween(820, 940);
    assertThat(counts.get(1)).as("acknowledged").isBetween(560, 720);
  }

  private static List<Integer> counted(long seed) {
    Air air = new Air(new Disturbance(seed, 0.2, 0.1), it -> {});
    Antenna sender = air.join(-60);
    Antenna other = listener(air);
    int acknowledged = 0;
    int heard = 0;
    for (int i = 0; i < 1000; i++) {
      Transmission sent = sender.send(micros(1000L * i), SLOW, new byte[10]);
      while (other.arrival() != Antenna.NEVER) {
        Optional<Heard> next = other.receive(other.arrival());
        heard += next.isPresent() ? 1 : 0;
        next.ifPresent(Heard::acknowledge);
      }
      acknowledged += sent.acknowledged() ? 1 : 0;
    }
    return List.of(heard, acknowledged);
  }

  /** Two that answer each other on the air's time. */
  @Test
  void residentsActInTheOrderOfTime() {
    Air air = new Air();
    List<String> events = new ArrayList<>();
    air.add(-40, antenna -> new Ticker("a", micros(10), antenna, events));
    air.add(-40, antenna -> new Ticker("b", micros(15), antenna, events));
    Antenna watcher = air.join(-50);
    watcher.receive(micros(31));
    assertThat(events).containsExactly("a at 10", "b at 15", "a at 20", "a at 30", "b at 30");
    events.clear();
    watcher.receive(micros(340));
    assertThat(events).contains("b hears at 324").doesNotContain("a at 30");
  }

  /** Something comes from outside while a chip computes, and is told to the air when the chip looks. */
  @Test
  void whatIsLateIsDoneLast() {
    Air air = new Air();
    List<String> events = new ArrayList<>();
    Ticker late = air.add(-40, antenna -> new Ticker("late", micros(1000), antenna, events));
    air.add(-40, antenna -> new Ticker("b", micros(15), antenna, events));
    Antenna watcher = air.join(-50);
    watcher.receive(micros(20));
    late.next = 0;
    late.period = micros(1000);
    watcher.receive(micros(50));
    assertThat(events).containsExactly("b at 15", "b at 30", "b at 45", "late at 50");
  }

  private static final class Ticker implements Resident {
    private final String name;
    private long period;
    private final Antenna antenna;
    private final List<String> events;
    private long next;

    private Ticker(String name, long period, Antenna antenna, List<String> events) {
      this.name = name;
      this.period = period;
      this.antenna = antenna;
      this.events = events;
      next = period;
    }

    @Override
    public long due() {
      return next;
    }

    @Override
    public void act(long tick) {
      events.add(name + " at " + tick / Clock.TICKS_PER_MICROSECOND);
      if (next == micros(20)) {
        antenna.send(tick, SLOW, new byte[10]);
      }
      next += period;
    }

    @Override
    public void hear(long tick, Heard heard) {
      events.add(name + " hears at " + tick / Clock.TICKS_PER_MICROSECOND);
    }

    @Override
    public boolean takesInput() {
      return false;
    }
  }
}
