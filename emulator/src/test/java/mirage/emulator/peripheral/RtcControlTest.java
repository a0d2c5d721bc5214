// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import static mirage.emulator.peripheral.Bench.get;
import static mirage.emulator.peripheral.Bench.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RtcControlTest {
  private static final int OPTIONS0 = 0x00;
  private static final int SLP_TIMER0 = 0x04;
  private static final int SLP_TIMER1 = 0x08;
  private static final int TIME_UPDATE = 0x0C;
  private static final int TIME0 = 0x10;
  private static final int RESET_STATE = 0x34;
  private static final int INT_ENA = 0x3C;
  private static final int CLK_CONF = 0x70;
  private static final int WDTCONFIG0 = 0x8C;
  private static final int WDTCONFIG1 = 0x90;
  private static final int WDTFEED = 0xA0;
  private static final int WDTWPROTECT = 0xA4;
  private static final int SW_CPU_STALL = 0xAC;
  private static final int STORE4 = 0xB0;

  private final Bench bench = new Bench();
  private final List<String> stalls = new ArrayList<>();
  private final RtcControl rtc =
      new RtcControl(
          bench.clock,
          bench.clocks,
          bench.matrix,
          bench::reset,
          (core, stalled) -> {
            if (stalled) {
              stalls.add("core " + core);
            }
          });

  @BeforeEach
  void powerOn() {
    rtc.reset();
    bench.route(InterruptSource.RTC_CORE_INTR, 9);
  }

  @Test
  void timerCountsTheSlowClock() {
    put(rtc, WDTCONFIG0, 0);
    bench.micros(2_000_000);
    assertThat(get(rtc, TIME0)).isZero();
    put(rtc, TIME_UPDATE, 1 << 31);
    assertThat(get(rtc, TIME_UPDATE) & 1 << 30).as("TIME_VALID").isNotZero();
    assertThat(get(rtc, TIME0)).isEqualTo(300_000);
  }

  @Test
  void mainTimerInterrupts() {
    put(rtc, WDTCONFIG0, 0);
    put(rtc, INT_ENA, 1 << 8);
    put(rtc, SLP_TIMER0, 150);
    put(rtc, SLP_TIMER1, 1 << 16);
    bench.micros(999);
    assertThat(bench.proLines).isEmpty();
    bench.micros(1);
    assertThat(bench.proLines).containsExactly(9);
  }

  @Test
  void bootGuardResetsTheChip() {
    bench.micros(853_334);
    assertThat(bench.resets)
        .as("128,000 cycles of 150 kHz")
        .containsExactly(ResetCause.RTC_WATCHDOG_CHIP);
  }

  @Test
  void watchdogIsFedAndNeedsItsKey() {
    for (int i = 0; i < 10; i++) {
      bench.micros(800_000);
      put(rtc, WDTFEED, 1 << 31);
    }
    assertThat(bench.resets).isEmpty();
    put(rtc, WDTWPROTECT, 1);
    put(rtc, WDTCONFIG0, 0);
    bench.micros(900_000);
    assertThat(bench.resets).hasSize(1);
  }

  @Test
  void stageResetsTheDigitalCore() {
    put(rtc, WDTCONFIG1, 15);
    put(rtc, WDTCONFIG0, 1 << 31 | 3 << 28);
    bench.micros(100);
    assertThat(bench.resets).containsExactly(ResetCause.RTC_WATCHDOG_SYSTEM);
  }

  @Test
  void softwareResets() {
    put(rtc, OPTIONS0, get(rtc, OPTIONS0) | 1 << 31);
    put(rtc, OPTIONS0, get(rtc, OPTIONS0) | 1 << 5);
    assertThat(bench.resets).containsExactly(ResetCause.SOFTWARE_SYSTEM, ResetCause.SOFTWARE_CPU);
    assertThat(get(rtc, OPTIONS0) & (1 << 31 | 1 << 5)).as("write-only bits").isZero();
  }

  @Test
  void showsTheResetCauseOfEachCore() {
    rtc.setResetCause(0, ResetCause.SOFTWARE_SYSTEM);
    rtc.setResetCause(1, ResetCause.POWER_ON);
    assertThat(get(rtc, RESET_STATE)).isEqualTo(0x3000 | 1 << 6 | 3);
  }

  @Test
  void storeRegistersOutliveADigitalReset() {
    put(rtc, STORE4, 0x4D490007);
    rtc.resetDigital();
    assertThat(rtc.haltStatus()).isEqualTo(7);
    rtc.reset();
    assertThat(rtc.haltStatus()).isEqualTo(-1);
  }

  @Test
  void selectsTheClockOfTheCpu() {
    assertThat(bench.clocks.cpuHz()).isEqualTo(40_000_000);
    bench.clocks.selectCpuPeriod(1);
    put(rtc, CLK_CONF, get(rtc, CLK_CONF) | 1 << 27);
    assertThat(bench.clocks.cpuHz()).isEqualTo(160_000_000);
    bench.clocks.selectCpuPeriod(2);
    assertThat(bench.clocks.cpuHz()).isEqualTo(240_000_000);
    assertThatThrownBy(() -> put(rtc, CLK_CONF, 3 << 27)).hasMessageContaining("audio PLL");
  }

  @Test
  void stallNeedsBothFields() {
    put(rtc, SW_CPU_STALL, 0x21 << 20);
    assertThat(stalls).isEmpty();
    put(rtc, OPTIONS0, get(rtc, OPTIONS0) | 2);
    assertThat(stalls).contains("core 1").doesNotContain("core 0");
  }
}
