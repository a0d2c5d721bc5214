// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

import mirage.emulator.clock.Clock;

/** Relates virtual time to the host's clock, from the moment it is made. */
final class Pacer {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final long hostStart = System.nanoTime();
  private final long virtualStart;

  Pacer(long now) {
    virtualStart = now;
  }

  /** Milliseconds that the host is behind virtual time {@code tick}; 0 if it is not. */
  long millisUntil(long tick) {
    long ahead = toNanos(tick - virtualStart) - (System.nanoTime() - hostStart);
    return Math.max(0, ahead / 1_000_000);
  }

  /** The tick at which virtual time would be the host's present. */
  long now() {
    long nanos = System.nanoTime() - hostStart;
    return virtualStart + nanos / 25 * 12;
  }

  private static long toNanos(long ticks) {
    long seconds = Math.min(ticks / Clock.TICKS_PER_SECOND, Long.MAX_VALUE / NANOS_PER_SECOND - 1);
    return seconds * NANOS_PER_SECOND + ticks % Clock.TICKS_PER_SECOND * 25 / 12;
  }
}
