// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.clock;

/**
 * Virtual time as a peripheral sees it. The unit is the tick of 1/480 MHz, the least common multiple of all
 * clocks the
 * chip derives from its crystal and its PLL (40, 80, 160, 240 MHz), so that no clock ever has to be rounded.
 */
public interface Clock {
  /** Ticks in one second of virtual time. */
  long TICKS_PER_SECOND = 480_000_000L;

  /** Ticks in one microsecond of virtual time. */
  long TICKS_PER_MICROSECOND = TICKS_PER_SECOND / 1_000_000;

  /** Ticks since power-on; never goes back for an observer on one core. */
  long now();

  /**
   * Makes an alarm, not armed.
   *
   * @param name what it is for, shown in reports
   * @param action run once each time the alarm is due, at exactly the tick it was set for
   */
  Alarm alarm(String name, Runnable action);
}
