// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import java.util.function.IntConsumer;
import mirage.emulator.clock.Alarm;
import mirage.emulator.clock.Clock;
import mirage.emulator.clock.Counter;

/**
 * The four-stage counter that the main watchdogs and the RTC watchdog share (TRM, "Watchdog Timers"): each
 * stage has a timeout; when
 * it passes the stage's action is taken and the next stage starts from zero; feeding starts again at stage 0.
 */
final class Watchdog {
  static final int STAGES = 4;

  /** The value of the write-protect register that allows writing. */
  static final int WRITE_KEY = 0x50D83AA1;

  private final Counter counter;
  private final Alarm alarm;
  private final int[] timeout = new int[STAGES];
  private final IntConsumer expired;
  private long period = 1;
  private boolean enabled;
  private int stage;

  /**
   * @param name for reports
   * @param expired takes the action of the stage it is given
   */
  Watchdog(String name, Clock clock, IntConsumer expired) {
    this.counter = new Counter(clock);
    this.expired = expired;
    this.alarm = clock.alarm(name, this::expire);
  }

  /** Ticks per count. */
  void period(long newPeriod) {
    period = newPeriod;
    counter.run(period, enabled ? 1 : 0);
    arm();
  }

  /** Fixes the count reached, before the period changes for a change of clock. */
  void settle() {
    counter.load(counter.value());
  }

  /** Counts that stage {@code index} lasts, as an unsigned number. */
  void timeout(int index, int counts) {
    timeout[index] = counts;
    arm();
  }

  void enable(boolean on) {
    if (on && !enabled) {
      stage = 0;
      counter.load(0);
    }
    enabled = on;
    counter.run(period, on ? 1 : 0);
    arm();
  }

  void feed() {
    stage = 0;
    counter.load(0);
    arm();
  }

  boolean enabled() {
    return enabled;
  }

  private void expire() {
    int passed = stage;
    stage = (stage + 1) % STAGES;
    counter.load(0);
    arm();
    expired.accept(passed);
  }

  private void arm() {
    if (enabled) {
      alarm.set(counter.tickOf(Math.max(Integer.toUnsignedLong(timeout[stage]), counter.value())));
    } else {
      alarm.cancel();
    }
  }
}
