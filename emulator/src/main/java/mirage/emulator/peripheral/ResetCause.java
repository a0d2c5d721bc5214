// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

/**
 * Causes of a reset with the code RTC_CNTL_RESET_STATE_REG shows (TRM, "Reset and Clock", table "PRO_CPU and
 * APP_CPU reset reason").
 */
public enum ResetCause {
  POWER_ON(1, Scope.CHIP, "power on"),
  SOFTWARE_SYSTEM(3, Scope.DIGITAL, "software reset of the digital core"),
  DEEP_SLEEP(5, Scope.DIGITAL, "wake from deep sleep"),
  TIMER_GROUP_0_WATCHDOG(7, Scope.DIGITAL, "main watchdog of timer group 0"),
  TIMER_GROUP_1_WATCHDOG(8, Scope.DIGITAL, "main watchdog of timer group 1"),
  RTC_WATCHDOG_SYSTEM(9, Scope.DIGITAL, "RTC watchdog, digital core"),
  TIMER_GROUP_WATCHDOG_CPU(11, Scope.CORE, "main watchdog, one CPU"),
  SOFTWARE_CPU(12, Scope.CORE, "software reset of one CPU"),
  RTC_WATCHDOG_CPU(13, Scope.CORE, "RTC watchdog, one CPU"),
  PRO_CPU_RESETS_APP_CPU(14, Scope.CORE, "reset of the APP CPU by the PRO CPU"),
  RTC_WATCHDOG_CHIP(16, Scope.CHIP, "RTC watchdog, whole chip");

  /** How much of the chip a reset concerns. */
  public enum Scope {
    /** One core. */
    CORE,
    /** Both cores and all peripherals but the RTC. */
    DIGITAL,
    /** Everything. */
    CHIP
  }

  private final int code;
  private final Scope scope;
  private final String text;

  ResetCause(int code, Scope scope, String text) {
    this.code = code;
    this.scope = scope;
    this.text = text;
  }

  /** The code in RTC_CNTL_RESET_STATE_REG. */
  public int code() {
    return code;
  }

  /** How much is reset. */
  public Scope scope() {
    return scope;
  }

  /** What happened, for a report. */
  public String text() {
    return text;
  }
}
