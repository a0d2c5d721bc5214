// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.net;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import mirage.emulator.board.FrameLink;

/**
 * An Ethernet inside this process, in virtual time: what is sent on one cable arrives on all others after the same
 * latency, unless a disturbance happens to it. The same frames at the same ticks, and the same seed, give the same
 * arrivals, in whatever order the senders were run.
 */
public final class LocalNetwork {
  /** Frames on their way to one cable at most: somebody who has stopped takes none. */
  private static final int KEPT = 1024;

  private final long latency;
  private final Disturbance disturbance;
  private final boolean waits;
  private final List<Port> ports = new ArrayList<>();

  /**
   * What happens to frames on their way to each receiver.
   *
   * @param seed of chance
   * @param loss part of the frames that never arrive, 0 to 1
   * @param damage part of the frames of which a bit changes, 0 to 1
   * @param jitter ticks by which a frame is late at most; a frame can overtake another
   */
  public record Disturbance(long seed, double loss, double damage, long jitter) {
    /** Everything arrives as it was sent. */
    public static final Disturbance NONE = new Disturbance(0, 0, 0, 0);
  }

  private record Arrival(long tick, int sender, long number, byte[] frame) {}

  /**
   * @param latency ticks from the last bit sent to the last bit received, more than 0
   */
  public LocalNetwork(long latency, Disturbance disturbance) {
    this(latency, disturbance, false);
  }

  /** An undisturbed one that holds frames back while a socket has no room for them. */
  static LocalNetwork patient(long latency) {
    return new LocalNetwork(latency, Disturbance.NONE, true);
  }

  private LocalNetwork(long latency, Disturbance disturbance, boolean waits) {
    if (latency <= 0) {
      throw new IllegalArgumentException("a latency of " + latency + " ticks");
    }
    this.latency = latency;
    this.disturbance = disturbance;
    this.waits = waits;
  }

  /** Ticks between sending and receiving. */
  public long latency() {
    return latency;
  }

  /** A further cable. */
  public Cable plug() {
    Port port = new Port(ports.size());
    ports.add(port);
    return port;
  }

  /** A cable of this network. */
  public interface Cable extends FrameLink {
    /** Pulls the cable out, or plugs it in again; what is on its way to it then is lost. */
    void setConnected(boolean plugged);
  }

  private final class Port implements Cable {
    private final int number;
    private final PriorityQueue<Arrival> arrivals =
        new PriorityQueue<>(
            Comparator.comparingLong(Arrival::tick)
                .thenComparingInt(Arrival::sender)
                .thenComparingLong(Arrival::number));
    private final List<SplittableRandom> chances = new ArrayList<>();
    private boolean connected = true;
    private long sent;

    private Port(int number) {
      this.number = number;
    }

    @Override
    public boolean waits() {
      return waits;
    }

    @Override
    public boolean connected() {
      return connected;
    }

    @Override
    public void setConnected(boolean plugged) {
      connected = plugged;
      arrivals.clear();
    }

    @Override
    public void send(long tick, byte[] frame) {
      sent++;
      for (Port port : ports) {
        if (connected && port != this) {
          port.arrive(this, tick + latency, frame);
        }
      }
    }

    @Override
    public long arrival() {
      Arrival next = arrivals.peek();
      return next == null ? NEVER : next.tick();
    }

    @Override
    public byte[] receive(long tick) {
      return arrivals.remove().frame();
    }

    private void arrive(Port sender, long tick, byte[] frame) {
      SplittableRandom chance = chance(sender.number);
      boolean lost = chance.nextDouble() < disturbance.loss();
      boolean damaged = chance.nextDouble() < disturbance.damage();
      int bit = chance.nextInt(8 * frame.length);
      long late = disturbance.jitter() == 0 ? 0 : chance.nextLong(disturbance.jitter() + 1);
      if (lost || !connected || arrivals.size() == KEPT) {
        return;
      }
      byte[] content = frame;
      if (damaged) {
        content = frame.clone();
        content[bit / 8] ^= (byte) (1 << bit % 8);
      }
      arrivals.add(new Arrival(tick + late, sender.number, sender.sent, content));
    }

    /** Chance on the way from a sender: its own row of numbers, so that others do not change it. */
    private SplittableRandom chance(int sender) {
      while (chances.size() <= sender) {
        long way = 31L * number + chances.size() + 1;
        chances.add(new SplittableRandom(disturbance.seed() * 1_000_003 + way));
      }
      return chances.get(sender);
    }
  }
}
