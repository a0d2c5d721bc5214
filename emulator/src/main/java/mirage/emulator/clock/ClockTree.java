// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.clock;

import java.util.ArrayList;
import java.util.List;

/**
 * The chip's clock tree (TRM, "Reset and Clock"): which source drives the CPUs and the APB bus. The one place
 * that knows frequencies.
 *
 * <p>After the ROM's boot the CPU runs from the 40 MHz crystal; a program selects the PLL through
 * RTC_CNTL_CLK_CONF_REG and DPORT_CPU_PER_CONF_REG.
 */
public final class ClockTree {
  /** Crystal frequency of the modelled board. */
  public static final long XTAL_HZ = 40_000_000;

  /** RTC slow clock, nominal (TRM, "Reset and Clock": RTC_SLOW_CLK). */
  public static final long RC_SLOW_HZ = 150_000;

  /** Period of the reference clock REF_TICK, 1 MHz, in ticks. */
  public static final int REF_TICK_TICKS = (int) Clock.TICKS_PER_MICROSECOND;

  /** RTC_CNTL_SOC_CLK_SEL, in the order of its codes. */
  public enum Source {
    XTAL,
    PLL,
    RC_FAST,
    APLL
  }

  private static final int XTAL_TICKS = (int) (Clock.TICKS_PER_SECOND / XTAL_HZ);
  private static final int RC_FAST_TICKS = (int) (Clock.TICKS_PER_SECOND / 8_000_000);
  private static final int PLL_APB_TICKS = (int) (Clock.TICKS_PER_SECOND / 80_000_000);

  private final List<Runnable> before = new ArrayList<>();
  private final List<Runnable> after = new ArrayList<>();
  private Source source = Source.XTAL;
  private int cpuPeriod;
  private int preDivider;
  private int cpuTicks = XTAL_TICKS;
  private int apbTicks = XTAL_TICKS;

  /** Ticks per CPU cycle, which is one instruction. */
  public int cpuTicks() {
    return cpuTicks;
  }

  /** Ticks per cycle of APB_CLK. */
  public int apbTicks() {
    return apbTicks;
  }

  /** CPU frequency in Hz. */
  public long cpuHz() {
    return Clock.TICKS_PER_SECOND / cpuTicks;
  }

  /**
   * Follows changes of frequency.
   *
   * @param settle run while the old frequencies still hold
   * @param adopt run when the new ones hold
   */
  public void onChange(Runnable settle, Runnable adopt) {
    before.add(settle);
    after.add(adopt);
  }

  /** RTC_CNTL_SOC_CLK_SEL: 0 crystal, 1 PLL, 2 internal 8 MHz, 3 audio PLL. */
  public void selectSource(int code) {
    source = Source.values()[code & 3];
    update();
  }

  /** DPORT_CPUPERIOD_SEL: 0, 1, 2 for 80, 160, 240 MHz while the PLL is the source. */
  public void selectCpuPeriod(int code) {
    cpuPeriod = code & 3;
    update();
  }

  /** SYSCON_PRE_DIV_CNT: the crystal is divided by this value plus one. */
  public void selectPreDivider(int count) {
    preDivider = count;
    update();
  }

  private void update() {
    int newCpu =
        switch (source) {
          case XTAL -> XTAL_TICKS * (preDivider + 1);
          case PLL -> PLL_APB_TICKS / (Math.min(cpuPeriod, 2) + 1);
          case RC_FAST -> RC_FAST_TICKS;
            // The audio PLL is not modelled; a program that asks for it gets the crystal's rate.
          case APLL -> XTAL_TICKS;
        };
    int newApb = source == Source.PLL ? PLL_APB_TICKS : newCpu;
    if (newCpu != cpuTicks || newApb != apbTicks) {
      before.forEach(Runnable::run);
      cpuTicks = newCpu;
      apbTicks = newApb;
      after.forEach(Runnable::run);
    }
  }
}
