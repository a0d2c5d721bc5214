// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.air;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** A radio's end of the air. */
public final class Antenna {
  /** No tick. */
  public static final long NEVER = Long.MAX_VALUE;

  private record Arrival(long tick, int sender, long number, Heard heard) {}

  private final Air air;
  private final int number;
  private final PriorityQueue<Arrival> arrivals =
      new PriorityQueue<>(
          Comparator.comparingLong(Arrival::tick)
              .thenComparingInt(Arrival::sender)
              .thenComparingLong(Arrival::number));
  private final List<SplittableRandom> chances = new ArrayList<>();
  private int strength;
  private int channel = 1;
  private boolean listening;
  private long sent;

  Antenna(Air air, int number, int strength) {
    this.air = air;
    this.number = number;
    this.strength = strength;
  }

  int number() {
    return number;
  }

  /** How strong others hear it, in dBm; from now on. */
  public void setStrength(int dBm) {
    strength = dBm;
  }

  int strength() {
    return strength;
  }

  /** Tunes it to a channel, 1 to 14. What is on its way then is not heard. */
  public void tune(int newChannel) {
    channel = newChannel;
  }

  public int channel() {
    return channel;
  }

  /** Begins to listen, or stops; what is on its way then is not heard. At first it does not. */
  public void listen(boolean wanted) {
    listening = wanted;
    if (!wanted) {
      arrivals.clear();
    }
  }

  boolean listening() {
    return listening;
  }

  /** Sends a frame without check sequence, which nobody changes any more; its first bit leaves at tick {@code start}. */
  public Transmission send(long start, Rate rate, byte[] frame) {
    Transmission transmission = new Transmission(number, sent++, start, channel, rate, frame);
    air.carry(transmission, this);
    return transmission;
  }

  /** The tick at which the air wants {@link #receive} to be called. */
  public long arrival() {
    return Math.min(air.due(), ownArrival());
  }

  long ownArrival() {
    Arrival next = arrivals.peek();
    return next == null ? NEVER : next.tick();
  }

  /**
   * Lets the air's time come to {@code tick}.
   *
   * @return a frame whose last bit has arrived by then; call it again if {@link #arrival} says so
   */
  public Optional<Heard> receive(long tick) {
    air.advance(tick);
    return next(tick);
  }

  Optional<Heard> next(long tick) {
    if (ownArrival() > tick) {
      return Optional.empty();
    }
    Heard heard = arrivals.remove().heard();
    return heard.transmission().channel() == channel ? Optional.of(heard) : Optional.empty();
  }

  /** Whether somebody on the air would fetch what comes from outside of it. */
  public boolean awaitsInput() {
    return air.takesInput();
  }

  /** A frame on its way to this antenna. */
  void expect(Transmission transmission, int heardAt) {
    if (!listening) {
      return;
    }
    Disturbance disturbance = air.disturbance();
    SplittableRandom chance = chance(transmission.sender());
    boolean lost = chance.nextDouble() < disturbance.loss();
    boolean answered = chance.nextDouble() >= disturbance.loss();
    boolean twice = chance.nextDouble() < disturbance.duplication();
    if (!lost) {
      Heard heard = new Heard(transmission, heardAt, answered);
      int copies = twice ? 2 : 1;
      for (int i = 0; i < copies; i++) {
        arrivals.add(
            new Arrival(
                transmission.end(), transmission.sender(), 2 * transmission.number() + i, heard));
      }
    }
  }

  /** Chance on the way from a sender: its own row of numbers, so that others do not change it. */
  private SplittableRandom chance(int sender) {
    while (chances.size() <= sender) {
      long way = 31L * number + chances.size() + 1;
      chances.add(new SplittableRandom(air.disturbance().seed() * 1_000_003 + way));
    }
    return chances.get(sender);
  }
}
