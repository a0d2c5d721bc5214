// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.air;

/** A frame on the air. */
public final class Transmission {
  private final int sender;
  private final long number;
  private final long start;
  private final int channel;
  private final Rate rate;
  private final byte[] frame;
  private boolean acknowledged;

  Transmission(int sender, long number, long start, int channel, Rate rate, byte[] frame) {
    this.sender = sender;
    this.number = number;
    this.start = start;
    this.channel = channel;
    this.rate = rate;
    this.frame = frame;
  }

  int sender() {
    return sender;
  }

  /** How many the sender has sent before. */
  long number() {
    return number;
  }

  public int channel() {
    return channel;
  }

  public Rate rate() {
    return rate;
  }

  /** Without check sequence; not to be changed. */
  public byte[] frame() {
    return frame;
  }

  /** The tick of its last bit. */
  public long end() {
    return start + rate.duration(frame.length);
  }

  /** The tick at which the sender knows whether it was acknowledged. */
  public long answered() {
    return end() + rate.answer() + Rate.SLOT;
  }

  /** Whether its receiver has acknowledged it; to be asked at {@link #answered}. */
  public boolean acknowledged() {
    return acknowledged;
  }

  void acknowledge() {
    acknowledged = true;
  }
}
