// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import static mirage.emulator.peripheral.Bench.get;
import static mirage.emulator.peripheral.Bench.put;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimerGroupTest {
  private static final int CONFIG = 0x00;
  private static final int LO = 0x04;
  private static final int HI = 0x08;
  private static final int UPDATE = 0x0C;
  private static final int ALARMLO = 0x10;
  private static final int ALARMHI = 0x14;
  private static final int LOADLO = 0x18;
  private static final int LOADHI = 0x1C;
  private static final int LOAD = 0x20;
  private static final int WDTCONFIG0 = 0x48;
  private static final int WDTCONFIG1 = 0x4C;
  private static final int WDTCONFIG2 = 0x50;
  private static final int WDTCONFIG3 = 0x54;
  private static final int WDTFEED = 0x60;
  private static final int WDTWPROTECT = 0x64;
  private static final int INT_ENA = 0x98;
  private static final int INT_CLR = 0xA4;
  private static final int EN = 1 << 31;
  private static final int INCREASE = 1 << 30;
  private static final int AUTORELOAD = 1 << 29;
  private static final int LEVEL_INT = 1 << 11;
  private static final int ALARM = 1 << 10;

  /** A microsecond a count while APB_CLK is 40 MHz. */
  private static final int DIVIDE_40 = 40 << 13;

  private final Bench bench = new Bench();
  private final TimerGroup group =
      new TimerGroup(0, bench.clock, bench.clocks, bench.matrix, bench::reset);
  private final TimerGroup second =
      new TimerGroup(1, bench.clock, bench.clocks, bench.matrix, bench::reset);

  @BeforeEach
  void powerOn() {
    group.reset();
    second.reset();
    bench.route(InterruptSource.TG_T0_LEVEL_INT, 3);
    bench.route(InterruptSource.TG_WDT_LEVEL_INT, 4);
  }

  private void stopBootGuard() {
    put(group, WDTCONFIG0, 0);
  }

  private long count() {
    put(group, UPDATE, 1);
    return (long) get(group, HI) << 32 | Integer.toUnsignedLong(get(group, LO));
  }

  @Test
  void resetValues() {
    assertThat(get(group, CONFIG)).isEqualTo(0x60002000);
    assertThat(get(group, WDTCONFIG0)).isEqualTo(0x0004C000);
    assertThat(get(group, WDTWPROTECT)).isEqualTo(0x50D83AA1);
    assertThat(get(group, WDTCONFIG2)).isEqualTo(0x018CBA80);
  }

  @Test
  void countsUpAndDown() {
    stopBootGuard();
    put(group, CONFIG, EN | INCREASE | DIVIDE_40);
    bench.micros(1_000_000_000);
    assertThat(count()).isEqualTo(1_000_000_000);
    put(group, CONFIG, EN | DIVIDE_40);
    bench.micros(10);
    assertThat(count()).isEqualTo(999_999_990);
    put(group, CONFIG, DIVIDE_40);
    bench.micros(10);
    assertThat(count()).isEqualTo(999_999_990);
  }

  @Test
  void loadSetsTheCount() {
    put(group, LOADLO, 5);
    put(group, LOADHI, 1);
    put(group, LOAD, 1);
    assertThat(count()).isEqualTo(0x1_0000_0005L);
  }

  @Test
  void followsTheApbClock() {
    stopBootGuard();
    put(group, CONFIG, EN | INCREASE | DIVIDE_40);
    bench.micros(100);
    bench.clocks.selectSource(1);
    bench.micros(100);
    assertThat(count()).isEqualTo(100 + 200);
  }

  @Test
  void alarmInterruptsAtItsTick() {
    stopBootGuard();
    put(group, INT_ENA, 1);
    put(group, ALARMLO, 500);
    put(group, CONFIG, EN | INCREASE | LEVEL_INT | ALARM | DIVIDE_40);
    bench.micros(499);
    assertThat(bench.proLines).isEmpty();
    bench.micros(1);
    assertThat(bench.proLines).containsExactly(3);
    assertThat(get(group, CONFIG) & ALARM).as("ALARM_EN clears itself").isZero();
    put(group, INT_CLR, 1);
    assertThat(bench.proLines).isEmpty();
  }

  @Test
  void autoreloadStartsAgain() {
    stopBootGuard();
    put(group, INT_ENA, 1);
    put(group, ALARMLO, 100);
    put(group, CONFIG, EN | INCREASE | AUTORELOAD | LEVEL_INT | ALARM | DIVIDE_40);
    bench.micros(130);
    assertThat(count()).isEqualTo(30);
  }

  @Test
  void aPassedAlarmValueDoesNotMatch() {
    stopBootGuard();
    put(group, CONFIG, EN | INCREASE | DIVIDE_40);
    bench.micros(100);
    put(group, INT_ENA, 1);
    put(group, ALARMLO, 50);
    put(group, CONFIG, EN | INCREASE | LEVEL_INT | ALARM | DIVIDE_40);
    bench.micros(1_000_000);
    assertThat(bench.proLines).isEmpty();
    put(group, ALARMHI, 0);
    assertThat(bench.clock.nextAlarm()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void bootGuardOfTheFirstGroupResetsTheChip() {
    bench.micros(649_999);
    assertThat(bench.resets).isEmpty();
    bench.micros(1);
    assertThat(bench.resets)
        .as("26,000,000 cycles of 40 MHz")
        .containsExactly(ResetCause.TIMER_GROUP_0_WATCHDOG);
  }

  @Test
  void watchdogStagesFollowEachOther() {
    stopBootGuard();
    put(group, WDTCONFIG1, 40_000 << 16);
    put(group, WDTCONFIG2, 10);
    put(group, WDTCONFIG3, 5);
    put(group, INT_ENA, 1 << 2);
    put(group, WDTCONFIG0, EN | 1 << 29 | 2 << 27 | 1 << 21);
    bench.micros(9_000);
    put(group, WDTFEED, 1);
    bench.micros(9_999);
    assertThat(bench.proLines).isEmpty();
    bench.micros(1);
    assertThat(bench.proLines).as("stage 0: interrupt").containsExactly(4);
    bench.micros(4_999);
    assertThat(bench.resets).isEmpty();
    bench.micros(1);
    assertThat(bench.resets)
        .as("stage 1: CPU reset")
        .containsExactly(ResetCause.TIMER_GROUP_WATCHDOG_CPU);
  }

  @Test
  void watchdogRegistersNeedTheKey() {
    put(group, WDTWPROTECT, 0);
    put(group, WDTCONFIG0, 0);
    put(group, WDTCONFIG2, 1);
    assertThat(get(group, WDTCONFIG0)).isEqualTo(0x0004C000);
    assertThat(get(group, WDTCONFIG2)).isEqualTo(0x018CBA80);
    bench.micros(600_000);
    put(group, WDTFEED, 1);
    bench.micros(60_000);
    assertThat(bench.resets).as("feeding needs it too").hasSize(1);
  }

  @Test
  void calibrationMeasuresTheSlowClock() {
    put(group, 0x68, 100 << 16);
    put(group, 0x68, 1 << 31 | 100 << 16);
    assertThat(get(group, 0x68) & 1 << 15).isNotZero();
    assertThat(get(group, 0x6C) >>> 7).isEqualTo((int) (40_000_000L * 100 / 150_000));
  }
}
