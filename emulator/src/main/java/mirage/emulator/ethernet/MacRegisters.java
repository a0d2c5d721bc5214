// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.ethernet;

import java.util.function.BooleanSupplier;
import mirage.emulator.clock.Clock;
import mirage.emulator.clock.ClockTree;
import mirage.emulator.peripheral.Register;
import mirage.emulator.peripheral.RegisterBlock;

/** The MAC's own registers (TRM, "Ethernet MAC", EMACCONFIG_REG and following). */
final class MacRegisters extends RegisterBlock {
  static final int RECEIVES = 2;
  static final int TRANSMITS = 3;
  static final int STRIPS = 7;
  static final int CHECKS = 10;
  static final int FULL_DUPLEX = 11;
  static final int LOOPBACK = 12;
  static final int FAST = 14;
  static final int NO_CARRIER_SENSE = 16;
  static final int JUMBO = 20;
  static final int NO_JABBER = 22;
  static final int NO_WATCHDOG = 23;

  /** The own address and those a program may add. */
  private static final int ADDRESSES = 8;

  private static final int TRANSMITTING = 3 << 17 | 1 << 16;

  private final Register config = plain(0x00, "EMACCONFIG", 0x8000);
  private final AddressFilter filter;
  private final Phy phy;

  /**
   * @param managed whether the PHY hears MDC and MDIO
   * @param changed called when the configuration changes
   * @param transmitting whether a frame leaves at this moment
   */
  MacRegisters(
      Clock clock,
      ClockTree clocks,
      Phy phy,
      BooleanSupplier managed,
      Runnable changed,
      BooleanSupplier transmitting) {
    super("EMAC_MAC", 0x1000);
    this.phy = phy;
    config.onWrite(word -> changed.run());
    Register mode = plain(0x04, "EMACFF", 0);
    Register address = plain(0x10, "EMACGMIIADDR", 0);
    Register data = register(0x14, "EMACMIIDATA", 0, 0xFFFF);
    new MiiManagement(address, data, clock, clocks, phy, managed);
    register(0x18, "EMACFC", 0, 0xFFFF_00BE);
    register(0x24, "EMACDEBUG", 0, 0).onRead(() -> transmitting.getAsBoolean() ? TRANSMITTING : 0);
    plain(0x2C, "PMT_CSR", 0).onWrite(this::power);
    register(0x38, "EMACINTS", 0, 0);
    plain(0x3C, "EMACINTMASK", 0);
    register(0xD8, "EMACCSTATUS", 0, 0).onRead(this::linkStatus);
    plain(0xDC, "EMACWDOGTO", 0);
    Register[] high = new Register[ADDRESSES];
    Register[] low = new Register[ADDRESSES];
    for (int i = 0; i < ADDRESSES; i++) {
      int writable = i == 0 ? 0xFFFF : 0xFF00_FFFF;
      high[i] =
          register(
              0x40 + 8 * i, "EMACADDR%dHIGH".formatted(i), i == 0 ? 0x8000_FFFF : 0xFFFF, writable);
      low[i] = plain(0x44 + 8 * i, "EMACADDR%dLOW".formatted(i), ALL);
    }
    filter = new AddressFilter(mode, high, low);
  }

  boolean is(int bit) {
    return config.bit(bit);
  }

  AddressFilter filter() {
    return filter;
  }

  /** The speed the MAC works at, in Mb/s. */
  int speed() {
    return config.bit(FAST) ? 100 : 10;
  }

  private void power(int word) {
    if ((word & 1) != 0) {
      throw unsupported("PMT_CSR bit 0: power-down with wake-up frames is not modelled");
    }
  }

  private int linkStatus() {
    return (phy.fullDuplex() ? 1 : 0) | (phy.speed() == 100 ? 1 : 0) << 1;
  }
}
