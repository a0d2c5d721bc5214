// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import mirage.emulator.clock.Clock;
import mirage.emulator.clock.ClockTree;

/**
 * A timer group (TRM, "Timer Group", "Watchdog Timers"): two general-purpose 64-bit timers and LACT, the main
 * watchdog (MWDT), and the RTC clock
 * calibration unit.
 */
public final class TimerGroup extends RegisterBlock {
  private static final int ALL_INTERRUPTS = 0xF;
  private static final int FLASHBOOT_MOD_EN = 14;
  private static final int ACTION_INTERRUPT = 1;
  private static final int ACTION_CPU_RESET = 2;
  private static final int ACTION_SYSTEM_RESET = 3;

  private final int number;
  private final ClockTree clocks;
  private final ResetRequests resets;
  private final InterruptMatrix matrix;
  private final InterruptRegisters interrupts;
  private final GeneralTimer[] timers;
  private final Watchdog watchdog;
  private final Register wdtConfig0 = register(0x48, "TIMG_WDTCONFIG0", 0x0004_C000, 0);
  private final Register wdtConfig1 = register(0x4C, "TIMG_WDTCONFIG1", 1 << 16, 0);
  private final Register[] wdtHold = new Register[Watchdog.STAGES];
  private final Register wdtProtect = plain(0x64, "TIMG_WDTWPROTECT", Watchdog.WRITE_KEY);
  private final Register rtcCali = plain(0x68, "TIMG_RTCCALICFG", 0x0001_3000);

  /**
   * @param number 0 or 1
   * @param resets asked when a watchdog stage ends in a reset
   */
  public TimerGroup(
      int number, Clock clock, ClockTree clocks, InterruptMatrix matrix, ResetRequests resets) {
    super("TIMG" + number, 0x1000);
    this.number = number;
    this.clocks = clocks;
    this.matrix = matrix;
    this.resets = resets;
    timers =
        new GeneralTimer[] {
          new GeneralTimer(this, "T0", 0x00, 0x04, 0, clock, clocks),
          new GeneralTimer(this, "T1", 0x24, 0x28, 1, clock, clocks),
          new GeneralTimer(this, "LACT", 0x70, 0x78, 3, clock, clocks),
        };
    plain(0x74, "TIMG_LACTRTC", 0);
    interrupts =
        new InterruptRegisters(
            this,
            new InterruptRegisters.Offsets(0x9C, 0xA0, 0x98, 0xA4),
            "TIMG_",
            ALL_INTERRUPTS,
            () -> 0,
            this::drive);
    watchdog = new Watchdog(name() + " main watchdog", clock, this::watchdogStage);
    declareWatchdog();
    rtcCali.onWrite(this::calibrate);
    register(0x6C, "TIMG_RTCCALICFG1", 0, 0).onRead(this::calibration);
    plain(0xF8, "TIMG_NTIMERS_DATE", 0x1604290);
    plain(0xFC, "TIMGCLK", 0);
    clocks.onChange(this::settle, this::adopt);
  }

  private void declareWatchdog() {
    int[] hold = {26_000_000, 0x7FFFFFF, 0xFFFFF, 0xFFFFF};
    wdtConfig0.onWrite(word -> unlocked(wdtConfig0, word, this::configureWatchdog));
    wdtConfig1.onWrite(word -> unlocked(wdtConfig1, word, this::configureWatchdog));
    for (int i = 0; i < wdtHold.length; i++) {
      int stage = i;
      Register register = register(0x50 + 4 * i, "TIMG_WDTCONFIG" + (i + 2), hold[i], 0);
      register.onWrite(word -> unlocked(register, word, () -> watchdog.timeout(stage, word)));
      wdtHold[i] = register;
    }
    register(0x60, "TIMG_WDTFEED", 0, 0)
        .onWrite(
            word -> {
              if (wdtProtect.value() == Watchdog.WRITE_KEY) {
                watchdog.feed();
              }
            });
  }

  /**
   * A write to a protected register has no effect unless the key is in TIMG_WDTWPROTECT (TRM, "Watchdog
   * Timers", write protection).
   */
  private void unlocked(Register register, int word, Runnable effect) {
    if (wdtProtect.value() == Watchdog.WRITE_KEY) {
      register.set(word);
      effect.run();
    }
  }

  @Override
  public void reset() {
    super.reset();
    for (GeneralTimer timer : timers) {
      timer.reset();
    }
    for (int i = 0; i < wdtHold.length; i++) {
      watchdog.timeout(i, wdtHold[i].value());
    }
    watchdog.feed();
    configureWatchdog();
    interrupts.reset();
  }

  /** Called by a timer whose alarm value is met. */
  void timerAlarm(int bit, boolean levelInterrupt, boolean edgeInterrupt) {
    if (levelInterrupt) {
      interrupts.raise(1 << bit);
    }
    if (edgeInterrupt && (interrupts.enabled() & 1 << bit) != 0) {
      matrix.pulse(source(InterruptSource.TG_T0_EDGE_INT, bit));
    }
  }

  private void settle() {
    for (GeneralTimer timer : timers) {
      timer.settle();
    }
    watchdog.settle();
  }

  private void adopt() {
    for (GeneralTimer timer : timers) {
      timer.configure();
    }
    watchdog.period(watchdogPeriod());
  }

  private long watchdogPeriod() {
    return (long) clocks.apbTicks() * Math.max(1, wdtConfig1.field(16, 16));
  }

  private void configureWatchdog() {
    watchdog.period(watchdogPeriod());
    watchdog.enable(wdtConfig0.bit(31) || flashBootMode());
    interrupts.update();
  }

  /** Only the first group's watchdog guards the boot from flash (TRM, "Watchdog Timers", flash boot protection). */
  private boolean flashBootMode() {
    return number == 0 && wdtConfig0.bit(FLASHBOOT_MOD_EN);
  }

  private void watchdogStage(int stage) {
    int action = wdtConfig0.field(29 - 2 * stage, 2);
    if (stage == 0 && flashBootMode()) {
      action = ACTION_SYSTEM_RESET;
    }
    if (action == ACTION_INTERRUPT) {
      timerAlarm(2, wdtConfig0.bit(21), wdtConfig0.bit(22));
    } else if (action == ACTION_CPU_RESET) {
      // The group's number selects the core (TRM, "Watchdog Timers").
      resets.request(ResetCause.TIMER_GROUP_WATCHDOG_CPU, number);
    } else if (action == ACTION_SYSTEM_RESET) {
      resets.request(
          number == 0 ? ResetCause.TIMER_GROUP_0_WATCHDOG : ResetCause.TIMER_GROUP_1_WATCHDOG, 0);
    }
  }

  private void drive(int status) {
    for (int bit = 0; bit < 4; bit++) {
      matrix.set(source(InterruptSource.TG_T0_LEVEL_INT, bit), (status >>> bit & 1) != 0);
    }
  }

  private InterruptSource source(InterruptSource first, int bit) {
    return InterruptSource.values()[first.ordinal() + 4 * number + bit];
  }

  /** A measurement is ready at once. */
  private void calibrate(int word) {
    rtcCali.set(word < 0 ? word | 1 << 15 : word & ~(1 << 15));
  }

  /** Crystal cycles counted during RTC_CALI_MAX cycles of the selected slow clock (TRM, TIMG_RTCCALICFG). */
  private int calibration() {
    long slowHz =
        switch (rtcCali.field(13, 2)) {
          case 1 -> 8_000_000 / 256;
          case 2 -> 32_768;
          default -> ClockTree.RC_SLOW_HZ;
        };
    return (int) (ClockTree.XTAL_HZ * rtcCali.field(16, 15) / slowHz << 7);
  }
}
