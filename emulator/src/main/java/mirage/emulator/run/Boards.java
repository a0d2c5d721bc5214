// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import java.util.ArrayList;
import java.util.List;
import mirage.emulator.Esp32;
import mirage.emulator.Host;
import mirage.emulator.Outcome;
import mirage.emulator.air.Air;
import mirage.emulator.net.LocalNetwork;

/**
 * Several chips on one network or one air in virtual time. They run in turns, none further ahead of another than a frame
 * takes, so every frame is there before its time comes: a run is the same each time, instruction by instruction.
 *
 * <pre>
 *   LocalNetwork network = new LocalNetwork(latency, Disturbance.NONE);
 *   Esp32 chip = Esp32.builder().ethernet(network.plug()).host(Boards.HOST)...build();
 *   chip.boot();
 *   new Boards(network, List.of(chip, other)).run(until);
 * </pre>
 */
public final class Boards {
  /** The host of each chip: while a chip waits for the others its time goes on. */
  public static final Host HOST =
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

  private final long lookahead;
  private final Pace pace;
  private final List<Esp32> machines;
  private final List<Outcome> outcomes = new ArrayList<>();

  /** Machines with cables of one network. They are booted, and stand at about the same tick. */
  public Boards(LocalNetwork network, List<Esp32> machines) {
    this(network.latency(), machines, Pace.FREE);
  }

  /**
   * Machines with radios on one air, and perhaps cables of a network whose latency is {@link Air#LOOKAHEAD} or more; the
   * same holds for them.
   */
  public static Boards onAir(List<Esp32> machines) {
    return onAir(machines, Pace.FREE);
  }

  /** The same, with somebody who lives in the host's time. */
  static Boards onAir(List<Esp32> machines, Pace pace) {
    return new Boards(Air.LOOKAHEAD, machines, pace);
  }

  private Boards(long lookahead, List<Esp32> machines, Pace pace) {
    this.lookahead = lookahead;
    this.pace = pace;
    this.machines = List.copyOf(machines);
    this.machines.forEach(machine -> outcomes.add(null));
  }

  /**
   * Runs all until a tick; one that ends before stands still from then on.
   *
   * @return how each ended, in the order of the machines; {@link Outcome.Kind#TIMEOUT} if it has not
   */
  public List<Outcome> run(long until) {
    outcomes.replaceAll(outcome -> ended(outcome) ? outcome : null);
    long now = machines.stream().mapToLong(Esp32::now).max().orElseThrow();
    while (outcomes.contains(null)) {
      long quiet = pace.quietUntil(now, Math.min(until, earliest()));
      long horizon = Math.min(until, quiet + lookahead);
      for (int i = 0; i < machines.size(); i++) {
        if (outcomes.get(i) == null) {
          step(i, horizon, until);
        }
      }
      now = horizon;
    }
    return List.copyOf(outcomes);
  }

  private void step(int number, long horizon, long until) {
    Esp32 machine = machines.get(number);
    look(machine);
    Outcome outcome = machine.run(horizon);
    if (ended(outcome) || horizon == until) {
      outcomes.set(number, outcome);
    }
  }

  /** The first tick at which any of them may send. */
  private long earliest() {
    long earliest = Long.MAX_VALUE - lookahead;
    for (int i = 0; i < machines.size(); i++) {
      if (outcomes.get(i) == null) {
        look(machines.get(i));
        earliest = Math.min(earliest, machines.get(i).quietUntil());
      }
    }
    return earliest;
  }

  /** What others have sent meanwhile has its time in the machine's future. */
  private static void look(Esp32 machine) {
    machine.ethernet().inputArrived();
    machine.radio().inputArrived();
  }

  private static boolean ended(Outcome outcome) {
    return outcome != null && outcome.kind() != Outcome.Kind.TIMEOUT;
  }
}
