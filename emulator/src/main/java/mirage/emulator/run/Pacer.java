// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import mirage.emulator.clock.Clock;

/** Keeps virtual time from running ahead of the host's clock. */
final class Pacer {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Being ahead by less than this is not worth a sleep. */
  private static final long SLACK_MILLIS = 2;

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

  /** Sleeps until the host has reached {@code tick}, if it is noticeably behind. */
  void sleepUntil(long tick) throws InterruptedException {
    long millis = millisUntil(tick);
    if (millis >= SLACK_MILLIS) {
      Thread.sleep(millis);
    }
  }

  static long toNanos(long ticks) {
    long seconds = ticks / Clock.TICKS_PER_SECOND;
    return seconds * NANOS_PER_SECOND + ticks % Clock.TICKS_PER_SECOND * 25 / 12;
  }
}
