// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.clock;

/**
 * A 64-bit counter that follows the clock with a given period, as the chip's timers and watchdogs have. It costs
 * nothing while it runs: the value is computed when it is asked for.
 */
public final class Counter {
  private final Clock clock;
  private long value;
  private long since;
  private long period = 1;
  private int direction;

  public Counter(Clock clock) {
    this.clock = clock;
  }

  /** The count now. */
  public long value() {
    return direction == 0 ? value : value + direction * ((clock.now() - since) / period);
  }

  /** Sets the count; counting goes on. */
  public void load(long newValue) {
    value = newValue;
    since = clock.now();
  }

  /**
   * Changes how it counts, keeping the count; a part of a period that has passed is kept if the period stays.
   *
   * @param newPeriod ticks per count, at least 1
   * @param newDirection 1 up, -1 down, 0 stopped
   */
  public void run(long newPeriod, int newDirection) {
    long now = clock.now();
    boolean keepPhase = direction != 0 && newPeriod == period;
    long phase = keepPhase ? (now - since) % period : 0;
    value = value();
    since = now - phase;
    period = newPeriod;
    direction = newDirection;
  }

  /**
   * The tick, now or later, at which the count becomes {@code target}; {@link Long#MAX_VALUE} if it moves
   * away or stands.
   */
  public long tickOf(long target) {
    long distance = (target - value) * direction;
    if (direction == 0 || distance < 0 || distance > (Long.MAX_VALUE - since) / period) {
      return Alarm.NEVER;
    }
    if ((target - value()) * direction < 0) {
      return Alarm.NEVER;
    }
    return since + distance * period;
  }
}
