// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import mirage.emulator.clock.Alarm;
import mirage.emulator.clock.Clock;
import mirage.emulator.clock.ClockTree;
import mirage.emulator.clock.Counter;

/**
 * RTC_CNTL (TRM, "Low-Power Management"): RTC timer, RTC watchdog (RWDT), reset causes and requests, clock
 * selection, and the STORE
 * registers that keep their content over every reset but power-on.
 */
public final class RtcControl extends RegisterBlock {
  /** What a unikernel leaves in RTC_CNTL_STORE4 before it stops: this mark in the upper half, its status below. */
  private static final int HALT_MARK = 0x4D49;

  private static final int WDT_INT = 1 << 3;
  private static final int MAIN_TIMER_INT = 1 << 8;
  private static final int ALL_INTERRUPTS = 0x1FF;
  private static final int STALL_CODE = 0x86;
  private static final int APLL = 3;
  private static final int[] STAGE_SHIFT = {28, 25, 22, 19};
  private static final long SLOW_TICKS = Clock.TICKS_PER_SECOND / ClockTree.RC_SLOW_HZ;

  private final ClockTree clocks;
  private final ResetRequests resets;
  private final Stall stall;
  private final Counter time;
  private final Alarm mainTimer;
  private final Watchdog watchdog;
  private final InterruptRegisters interrupts;
  private static final int RADIO_FORCED_DOWN = 17;
  private static final int RADIO_FORCED_ISOLATION = 28;
  private final Register digitalPower = plain(0x84, "RTC_CNTL_DIG_PWC", 0x0015_5550);
  private final Register digitalIsolation = plain(0x88, "RTC_CNTL_DIG_ISO", 0xAAAA_5000);
  private final Register options0 =
      register(0x00, "RTC_CNTL_OPTIONS0", 0x1C49_2000, ~(1 << 31 | 0x30));
  private final Register slpTimer0 = plain(0x04, "RTC_CNTL_SLP_TIMER0", 0);
  private final Register slpTimer1 = plain(0x08, "RTC_CNTL_SLP_TIMER1", 0);
  private final Register time0 = register(0x10, "RTC_CNTL_TIME0", 0, 0);
  private final Register time1 = register(0x14, "RTC_CNTL_TIME1", 0, 0);
  private final Register resetState = register(0x34, "RTC_CNTL_RESET_STATE", 0x3000, 0x3000);
  private final Register clkConf = plain(0x70, "RTC_CNTL_CLK_CONF", 0x0000_2210);
  private final Register wdtConfig0 = register(0x8C, "RTC_CNTL_WDTCONFIG0", 0x0000_4C80, 0);
  private final Register[] wdtHold = new Register[Watchdog.STAGES];
  private final Register wdtProtect = plain(0xA4, "RTC_CNTL_WDTWPROTECT", Watchdog.WRITE_KEY);
  private final Register swCpuStall = plain(0xAC, "RTC_CNTL_SW_CPU_STALL", 0);
  private final Register[] store = new Register[8];

  /** Told when a core is stalled or released by software. */
  @FunctionalInterface
  public interface Stall {
    /** Core 0 is PRO, 1 APP. */
    void set(int core, boolean stalled);
  }

  public RtcControl(
      Clock clock, ClockTree clocks, InterruptMatrix matrix, ResetRequests resets, Stall stall) {
    super("RTC_CNTL", 0x400);
    this.clocks = clocks;
    this.resets = resets;
    this.stall = stall;
    time = new Counter(clock);
    time.run(SLOW_TICKS, 1);
    mainTimer = clock.alarm("RTC main timer", this::mainTimerAlarm);
    watchdog = new Watchdog("RTC watchdog", clock, this::watchdogStage);
    watchdog.period(SLOW_TICKS);
    interrupts =
        new InterruptRegisters(
            this,
            new InterruptRegisters.Offsets(0x40, 0x44, 0x3C, 0x48),
            "RTC_CNTL_",
            ALL_INTERRUPTS,
            () -> 0,
            status -> matrix.set(InterruptSource.RTC_CORE_INTR, status != 0));
    options0.onWrite(this::options);
    register(0x0C, "RTC_CNTL_TIME_UPDATE", 0, 0).onRead(() -> 1 << 30).onWrite(this::captureTime);
    slpTimer1.onWrite(word -> armMainTimer());
    clkConf.onWrite(this::selectClock);
    swCpuStall.onWrite(word -> updateStall());
    declareWatchdog();
    declareStore();
    declareAnalog();
  }

  private void declareWatchdog() {
    int[] hold = {128_000, 80_000, 0xFFF, 0xFFF};
    wdtConfig0.onWrite(word -> unlocked(wdtConfig0, word, this::configureWatchdog));
    for (int i = 0; i < wdtHold.length; i++) {
      int stage = i;
      Register register = register(0x90 + 4 * i, "RTC_CNTL_WDTCONFIG" + (i + 1), hold[i], 0);
      register.onWrite(word -> unlocked(register, word, () -> watchdog.timeout(stage, word)));
      wdtHold[i] = register;
    }
    register(0xA0, "RTC_CNTL_WDTFEED", 0, 0)
        .onWrite(
            word -> {
              if (wdtProtect.value() == Watchdog.WRITE_KEY && word < 0) {
                watchdog.feed();
              }
            });
  }

  private void declareStore() {
    for (int i = 0; i < store.length; i++) {
      store[i] = plain((i < 4 ? 0x4C : 0xA0) + 4 * i, "RTC_CNTL_STORE" + i, 0);
    }
  }

  /** Power domains and pads: kept as written, since nothing here is ever powered down. */
  private void declareAnalog() {
    plain(0x18, "RTC_CNTL_STATE0", 0x0030_0000)
        .onWrite(
            word -> {
              if (word < 0) {
                throw unsupported("RTC_CNTL_SLEEP_EN is set; sleep modes are not modelled");
              }
            });
    plain(0x1C, "RTC_CNTL_TIMER1", 0x2814_0403);
    plain(0x20, "RTC_CNTL_TIMER2", 0x0108_0000);
    plain(0x24, "RTC_CNTL_TIMER3", 0x1416_0A08);
    plain(0x28, "RTC_CNTL_TIMER4", 0x1020_0A08);
    plain(0x2C, "RTC_CNTL_TIMER5", 0x1214_8001);
    plain(0x30, "RTC_CNTL_ANA_CONF", 0x0080_0000);
    plain(0x38, "RTC_CNTL_WAKEUP_STATE", 0x6000);
    plain(0x5C, "RTC_CNTL_EXT_XTL_CONF", 0);
    plain(0x60, "RTC_CNTL_EXT_WAKEUP_CONF", 0);
    plain(0x64, "RTC_CNTL_SLP_REJECT_CONF", 0);
    plain(0x68, "RTC_CNTL_CPU_PERIOD_CONF", 0);
    plain(0x6C, "RTC_CNTL_SDIO_ACT_CONF", 0);
    plain(0x74, "RTC_CNTL_SDIO_CONF", 0x02A0_0000);
    plain(0x78, "RTC_CNTL_BIAS_CONF", 0);
    plain(0x7C, "RTC_CNTL_REG", 0xA900_2400);
    plain(0x80, "RTC_CNTL_PWC", 0x0001_2925);
    plain(0xA8, "RTC_CNTL_TEST_MUX", 0);
    register(0xC0, "RTC_CNTL_LOW_POWER_ST", 0, 0);
    register(0xC4, "RTC_CNTL_DIAG1", 0, 0);
    plain(0xC8, "RTC_CNTL_HOLD_FORCE", 0);
    plain(0xCC, "RTC_CNTL_EXT_WAKEUP1", 0);
    register(0xD0, "RTC_CNTL_EXT_WAKEUP1_STATUS", 0, 0);
    plain(0xD4, "RTC_CNTL_BROWN_OUT", 0x13FF_0000);
    plain(0x13C, "RTC_CNTL_DATE", 0x0160_4280);
  }

  private void unlocked(Register register, int word, Runnable effect) {
    if (wdtProtect.value() == Watchdog.WRITE_KEY) {
      register.set(word);
      effect.run();
    }
  }

  /** Power-on, or a reset of the whole chip: everything starts from the reset values. */
  @Override
  public void reset() {
    super.reset();
    time.load(0);
    mainTimer.cancel();
    for (int i = 0; i < wdtHold.length; i++) {
      watchdog.timeout(i, wdtHold[i].value());
    }
    watchdog.feed();
    configureWatchdog();
    interrupts.reset();
    clocks.selectSource(0);
    updateStall();
  }

  /** A reset of the digital core: the clock goes back to the crystal, all else here stays. */
  public void resetDigital() {
    clkConf.set(clkConf.value() & ~(3 << 27));
    clocks.selectSource(0);
    options0.set(options0.value() & ~0xF);
    swCpuStall.set(0);
    updateStall();
  }

  /** Makes RESET_STATE show {@code cause} for the given core. */
  public void setResetCause(int core, ResetCause cause) {
    int shift = 6 * core;
    resetState.set(resetState.value() & ~(0x3F << shift) | cause.code() << shift);
  }

  /** The exit status a unikernel has left in RTC_CNTL_STORE4, or -1 if the halt mark is not there. */
  public int haltStatus() {
    int word = store[4].value();
    return word >>> 16 == HALT_MARK ? word & 0xFF : -1;
  }

  /** Whether the boot guard or the program keeps this watchdog running. */
  public boolean watchdogRuns() {
    return watchdog.enabled();
  }

  private void options(int word) {
    if (word < 0) {
      resets.request(ResetCause.SOFTWARE_SYSTEM, 0);
    }
    if ((word >>> 5 & 1) != 0) {
      resets.request(ResetCause.SOFTWARE_CPU, 0);
    }
    if ((word >>> 4 & 1) != 0) {
      resets.request(ResetCause.SOFTWARE_CPU, 1);
    }
    updateStall();
  }

  /** A core stands while its two fields together hold the code 0x86 (TRM, "RTC_CNTL_SW_CPU_STALL_REG"). */
  private void updateStall() {
    stall.set(0, (swCpuStall.field(26, 6) << 2 | options0.field(2, 2)) == STALL_CODE);
    stall.set(1, (swCpuStall.field(20, 6) << 2 | options0.field(0, 2)) == STALL_CODE);
  }

  private void captureTime(int word) {
    if (word < 0) {
      long now = time.value();
      time0.set((int) now);
      time1.set((int) (now >>> 32) & 0xFFFF);
    }
  }

  private void armMainTimer() {
    if (slpTimer1.bit(16)) {
      long target = (long) slpTimer1.field(0, 16) << 32 | Integer.toUnsignedLong(slpTimer0.value());
      mainTimer.set(time.tickOf(Math.max(target, time.value())));
    } else {
      mainTimer.cancel();
    }
  }

  private void mainTimerAlarm() {
    slpTimer1.set(slpTimer1.value() & ~(1 << 16));
    interrupts.raise(MAIN_TIMER_INT);
  }

  private void selectClock(int word) {
    int source = word >>> 27 & 3;
    if (source == APLL) {
      throw unsupported("RTC_CNTL_SOC_CLK_SEL selects the audio PLL, which is not modelled");
    }
    clocks.selectSource(source);
  }

  private void configureWatchdog() {
    watchdog.enable(wdtConfig0.bit(31) || wdtConfig0.bit(10));
  }

  /** In flash boot mode stage 0 resets the chip (TRM, "Watchdog Timers", flash boot protection). */
  private void watchdogStage(int stage) {
    int action = stage == 0 && wdtConfig0.bit(10) ? 4 : wdtConfig0.field(STAGE_SHIFT[stage], 3);
    switch (action) {
      case 1 -> interrupts.raise(WDT_INT);
      case 2 -> resetCores();
      case 3 -> resets.request(ResetCause.RTC_WATCHDOG_SYSTEM, 0);
      case 4 -> resets.request(ResetCause.RTC_WATCHDOG_CHIP, 0);
      default -> {}
    }
  }

  private void resetCores() {
    if (wdtConfig0.bit(9)) {
      resets.request(ResetCause.RTC_WATCHDOG_CPU, 0);
    }
    if (wdtConfig0.bit(8)) {
      resets.request(ResetCause.RTC_WATCHDOG_CPU, 1);
    }
  }

  /** Whether the radio's power domain is on, and not isolated from the others. */
  public boolean radioPowered() {
    return !digitalPower.bit(RADIO_FORCED_DOWN) && !digitalIsolation.bit(RADIO_FORCED_ISOLATION);
  }
}
