// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.air;

import mirage.emulator.clock.Clock;

/** How fast a frame is sent, and so how long it takes (IEEE 802.11, clauses 15 to 19). */
public final class Rate {
  /** Ticks between a frame and its acknowledgement. */
  public static final long SIFS = micros(10);

  /** Ticks of a slot: the unit of patience. */
  public static final long SLOT = micros(9);

  private static final int ACK_BYTES = 14;
  private static final int LONG_PREAMBLE = 192;
  private static final int SHORT_PREAMBLE = 96;
  private static final int OFDM_PREAMBLE = 20;
  private static final int HT_PREAMBLE = 36;
  private static final int SIGNAL_EXTENSION = 6;
  private static final int SYMBOL = 4;

  /** Service and tail bits around a frame in symbols. */
  private static final int SERVICE_AND_TAIL = 22;

  private final int kilobits;
  private final boolean symbols;
  private final int preamble;

  private Rate(int kilobits, boolean symbols, int preamble) {
    this.kilobits = kilobits;
    this.symbols = symbols;
    this.preamble = preamble;
  }

  /** Direct sequence: 1000, 2000, 5500 or 11000 kbit/s. */
  public static Rate direct(int kilobits, boolean shortPreamble) {
    return new Rate(kilobits, false, shortPreamble ? SHORT_PREAMBLE : LONG_PREAMBLE);
  }

  /** Orthogonal frequencies: 6 to 54 Mbit/s. */
  public static Rate ofdm(int megabits) {
    return new Rate(1000 * megabits, true, OFDM_PREAMBLE);
  }

  /** High throughput on 20 MHz: 6500 to 65000 kbit/s. */
  public static Rate ht(int kilobits) {
    return new Rate(kilobits, true, HT_PREAMBLE);
  }

  public int kilobits() {
    return kilobits;
  }

  /** Ticks that a frame takes, of {@code length} bytes without its check sequence. */
  public long duration(int length) {
    long bits = 8L * (length + 4);
    if (!symbols) {
      return micros(preamble + (bits * 1000 + kilobits - 1) / kilobits);
    }
    long perSymbol = (long) kilobits * SYMBOL / 1000;
    long count = (bits + SERVICE_AND_TAIL + perSymbol - 1) / perSymbol;
    return micros(preamble + SYMBOL * count + SIGNAL_EXTENSION);
  }

  /** Ticks from the end of a frame to the end of its acknowledgement, at the slowest rate of the kind. */
  public long answer() {
    Rate slowest = symbols ? ofdm(6) : direct(1000, false);
    return SIFS + slowest.duration(ACK_BYTES - 4);
  }

  private static long micros(long count) {
    return count * Clock.TICKS_PER_MICROSECOND;
  }
}
