// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import java.util.function.LongSupplier;
import mirage.emulator.clock.Clock;

/**
 * Relates virtual time to the host's clock, from the moment it is made. Where the host is too slow, virtual time falls
 * behind and stays there: were it made up for while the chip idles, a peer in the host's time would seem to hesitate, and
 * timers for its answers would expire at once.
 */
final class Pacer {
  /** Being ahead of the host by less than this is not worth a sleep. */
  static final long SLACK_MILLIS = 2;

  /** How often a wait looks whether somebody asked for the end. */
  static final long LOOK_MILLIS = 100;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** What may be made up for. */
  private static final long SLACK_NANOS = 20_000_000;

  private final LongSupplier host;
  private final long virtualStart;
  private long hostStart;

  /**
   * Starts at tick {@code now}.
   *
   * @param host the host's clock in nanoseconds
   */
  Pacer(long now, LongSupplier host) {
    this.host = host;
    this.virtualStart = now;
    this.hostStart = host.getAsLong();
  }

  /** The machine has come to {@code tick}: what it is late by, beyond a little, is given up. */
  void reached(long tick) {
    long late = -ahead(tick);
    if (late > SLACK_NANOS) {
      hostStart += late - SLACK_NANOS;
    }
  }

  /** Milliseconds that the host is behind virtual time {@code tick}; 0 if it is not. */
  long millisUntil(long tick) {
    return Math.max(0, ahead(tick) / 1_000_000);
  }

  /** The tick at which virtual time would be the host's present. */
  long now() {
    return virtualStart + (host.getAsLong() - hostStart) / 25 * 12;
  }

  private long ahead(long tick) {
    return toNanos(tick - virtualStart) - (host.getAsLong() - hostStart);
  }

  private static long toNanos(long ticks) {
    long seconds = Math.min(ticks / Clock.TICKS_PER_SECOND, Long.MAX_VALUE / NANOS_PER_SECOND / 2);
    return seconds * NANOS_PER_SECOND + ticks % Clock.TICKS_PER_SECOND * 25 / 12;
  }
}
