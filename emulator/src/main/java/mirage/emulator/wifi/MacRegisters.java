// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.wifi;

import java.util.function.BooleanSupplier;
import mirage.emulator.bus.DeviceFault;
import mirage.emulator.peripheral.Register;
import mirage.emulator.peripheral.RegisterBlock;

/** The first page of the MAC. Registers of which nothing is known but that the vendor's code sets them keep what is written. */
final class MacRegisters extends RegisterBlock {
  /** In CTRL: any of them stops the MAC. */
  static final int STOPPED = 0x17FF;

  /** Offsets of registers whose meaning is not known, or that only tune what is ideal here. */
  private static final int[] UNKNOWN = {
    0x080, 0x09C, 0x10C, 0x114, 0x118, 0x11C, 0x120, 0x124, 0x148, 0x14C, 0x158, 0x164, 0x284,
        0x288,
    0xC1C, 0xC20, 0xC24, 0xC54, 0xC5C, 0xC6C, 0xC74, 0xC78, 0xC88, 0xCAC, 0xD30, 0xD38, 0xD40, 0xD78
  };

  final AddressFilters.Filter[] bssids = filters("BSSID", 0x00, 0x20);
  final AddressFilters.Filter[] receivers = filters("RA", 0x40, 0x60);
  final Register rxControl = plain(0x84, "WIFI_RX_CTRL", 0);
  final Register rxBase = plain(0x88, "WIFI_RX_BASE", 0);
  final Register rxNext = register(0x8C, "WIFI_RX_NEXT", ReceiveList.RAN_OUT, 0);
  final Register rxLast = register(0x90, "WIFI_RX_LAST", 0, 0);
  final Register[] policies = array(0xD8, "WIFI_RX_POLICY_", AddressFilters.INTERFACES, 0, ALL);
  final Register[] controls = array(0xF8, "WIFI_RX_CONTROL_", AddressFilters.INTERFACES, 0, ALL);
  final Register[] crypto = array(0x800, "WIFI_CRYPTO_", AddressFilters.INTERFACES, 0, ALL);
  final Register keysEnabled = plain(0x814, "WIFI_KEYS", 0);
  final Register time = register(0xC00, "WIFI_TIME", 0, 0);
  final Register interruptEnable = plain(0xC40, "WIFI_INT_ENABLE", 0);
  final Register interruptStatus = register(0xC48, "WIFI_INT_STATUS", 0, 0);
  final Register interruptClear = register(0xC4C, "WIFI_INT_CLEAR", 0, 0);

  /** What it holds after a reset is not known; the model wants what drivers do: clear it. */
  final Register control = register(0xCB8, "WIFI_CTRL", STOPPED, ~(1 << 13));

  final Register errorClear = register(0xCBC, "WIFI_TX_ERROR_CLEAR", 0, 0);
  final Register errors = register(0xCC0, "WIFI_TX_ERRORS", 0, 0);
  final Register doneClear = register(0xCC4, "WIFI_TX_DONE_CLEAR", 0, 0);
  final Register done = register(0xCC8, "WIFI_TX_DONE", 0, 0);
  final Register[] plcp0 = new Register[SlotRegisters.SLOTS];
  private final BooleanSupplier powered;

  MacRegisters(BooleanSupplier powered) {
    super("WIFI_MAC", 0x1000);
    this.powered = powered;
    for (int offset : UNKNOWN) {
      plain(offset, "WIFI_%03X".formatted(offset), 0);
    }
    array(0x400, "WIFI_ACK_RATE_", 8, 0, ALL);
    plain(0x810, "WIFI_CRYPTO_COMMON", 0);
    for (int n = 0; n < SlotRegisters.SLOTS; n++) {
      plain(0xD1C - 8 * n, "WIFI_TX_CONFIG_" + n, 0);
      plcp0[n] = plain(0xD20 - 8 * n, "WIFI_TX_PLCP0_" + n, 0);
    }
    Register dmaReset = plain(0xD24, "WIFI_DMA_RESET", 0);
    dmaReset.onWrite(word -> dmaReset.set(word & 2 | (word & 2) >> 1));
  }

  private AddressFilters.Filter[] filters(String name, int addresses, int masks) {
    AddressFilters.Filter[] filters = new AddressFilters.Filter[AddressFilters.INTERFACES];
    for (int i = 0; i < filters.length; i++) {
      filters[i] =
          new AddressFilters.Filter(
              plain(addresses + 8 * i, "WIFI_%s_%d_LOW".formatted(name, i), 0),
              plain(addresses + 8 * i + 4, "WIFI_%s_%d_HIGH".formatted(name, i), 0),
              plain(masks + 8 * i, "WIFI_%s_MASK_%d_LOW".formatted(name, i), 0),
              plain(masks + 8 * i + 4, "WIFI_%s_MASK_%d_HIGH".formatted(name, i), 0));
    }
    return filters;
  }

  @Override
  protected void touched() {
    check(this, powered);
  }

  static void check(RegisterBlock block, BooleanSupplier powered) {
    if (!powered.getAsBoolean()) {
      throw new DeviceFault(
          block.name()
              + ": the radio has no power or clock (RTC_CNTL_DIG_PWC bit 17, RTC_CNTL_DIG_ISO bit 28 clear;"
              + " DPORT_WIFI_CLK_EN bits 0x7CF set)");
    }
  }

  /** Whether the MAC runs. */
  boolean runs() {
    return (control.value() & STOPPED) == 0;
  }
}
