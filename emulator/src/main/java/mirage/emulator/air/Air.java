// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.air;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import mirage.emulator.clock.Clock;

/**
 * A medium in virtual time. Chips bring their own time, residents live in the air's, which goes as far as the first chip
 * has come. A frame is heard when its last bit has arrived, so chips that run in turns, none further ahead of another
 * than {@link #LOOKAHEAD}, hear each other in time. The same frames at the same ticks, and the same seed, give the
 * same arrivals, in whatever order the chips were run.
 */
public final class Air {
  /** Ticks that any frame takes at least. */
  public static final long LOOKAHEAD = 20 * Clock.TICKS_PER_MICROSECOND;

  private record Inhabitant(Resident resident, Antenna antenna) {
    long due() {
      return Math.min(resident.due(), antenna.ownArrival());
    }

    /** What was heard comes before what is done. */
    void turn(long tick) {
      if (antenna.ownArrival() <= tick) {
        antenna.next(tick).ifPresent(heard -> resident.hear(tick, heard));
      } else {
        resident.act(tick);
      }
    }
  }

  private final Disturbance disturbance;
  private final Consumer<Transmission> recorder;
  private final List<Antenna> antennas = new ArrayList<>();
  private final List<Inhabitant> inhabitants = new ArrayList<>();
  private long now;

  /** Undisturbed, unrecorded. */
  public Air() {
    this(Disturbance.NONE, transmission -> {});
  }

  /**
   * @param recorder gets every transmission when it begins, while at least one chip listens
   */
  public Air(Disturbance disturbance, Consumer<Transmission> recorder) {
    this.disturbance = disturbance;
    this.recorder = recorder;
  }

  Disturbance disturbance() {
    return disturbance;
  }

  /**
   * A radio that has its own time joins.
   *
   * @param strength at which others hear it, dBm
   */
  public Antenna join(int strength) {
    Antenna antenna = new Antenna(this, antennas.size(), strength);
    antennas.add(antenna);
    return antenna;
  }

  /** Somebody comes to live here; {@code maker} gets the antenna. */
  public <T extends Resident> T add(int strength, Function<Antenna, T> maker) {
    Antenna antenna = join(strength);
    antenna.listen(true);
    T resident = maker.apply(antenna);
    inhabitants.add(new Inhabitant(resident, antenna));
    return resident;
  }

  void carry(Transmission transmission, Antenna sender) {
    if (visited()) {
      recorder.accept(transmission);
    }
    for (Antenna antenna : antennas) {
      if (antenna != sender) {
        antenna.expect(transmission, sender.strength());
      }
    }
  }

  private boolean visited() {
    return antennas.stream().filter(Antenna::listening).count() > inhabitants.size();
  }

  boolean takesInput() {
    return inhabitants.stream().anyMatch(it -> it.resident().takesInput());
  }

  /** The tick at which a resident has something to do. */
  long due() {
    long due = Antenna.NEVER;
    for (Inhabitant each : inhabitants) {
      due = Math.min(due, each.due());
    }
    return due;
  }

  /**
   * Lets all residents do what is due by {@code tick}, in the order of time. What should have been done before the air
   * came to where it is has only now become known: it comes from outside, and is done last.
   */
  void advance(long tick) {
    long limit = Math.max(now, tick);
    for (Optional<Inhabitant> next = first(limit); next.isPresent(); next = first(limit)) {
      now = turn(next.get(), limit);
      next.get().turn(now);
    }
    now = limit;
  }

  private Optional<Inhabitant> first(long limit) {
    Inhabitant first = null;
    for (Inhabitant each : inhabitants) {
      long tick = turn(each, limit);
      if (tick <= limit && (first == null || tick < turn(first, limit))) {
        first = each;
      }
    }
    return Optional.ofNullable(first);
  }

  /** The tick at which it is a resident's turn. */
  private long turn(Inhabitant resident, long limit) {
    return resident.due() >= now ? resident.due() : limit;
  }
}
