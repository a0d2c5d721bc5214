// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

/**
 * What distinguishes one core from another.
 *
 * @param name used in reports
 * @param prid value of the PRID register, by which software tells the cores apart
 * @param resetVector where execution starts after reset
 * @param vectorBase value of VECBASE after reset, a multiple of 1024
 */
public record CoreConfig(String name, int prid, int resetVector, int vectorBase) {
  private static final int ROM = 0x40000000;
  private static final int ROM_RESET = 0x40000400;

  /** The ESP32's core 0 (TRM, section 1.2). */
  public static final CoreConfig PRO = new CoreConfig("PRO_CPU", 0xcdcd, ROM_RESET, ROM);

  /** The ESP32's core 1. */
  public static final CoreConfig APP = new CoreConfig("APP_CPU", 0xabab, ROM_RESET, ROM);
}
