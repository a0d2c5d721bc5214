// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.wifi;

import java.util.function.BooleanSupplier;
import mirage.emulator.peripheral.Register;
import mirage.emulator.peripheral.RegisterBlock;

/** The second page of the MAC: what describes the frames of the transmit slots, and the keys. Slots lie downwards. */
final class SlotRegisters extends RegisterBlock {
  static final int SLOTS = 5;

  /** Slots whose antenna the vendor's code sets. */
  private static final int ANTENNAS = 8;

  private static final int STEP = 0x3C;
  private static final int KEYS = 0x400;

  final Register[] plcp1 = new Register[SLOTS];
  final Register[] results = new Register[SLOTS];
  final Register[] keys = new Register[KeySlots.SLOTS * KeySlots.WORDS];
  private final BooleanSupplier powered;

  SlotRegisters(BooleanSupplier powered) {
    super("WIFI_SLOTS", 0x1000);
    this.powered = powered;
    for (int n = 0; n < ANTENNAS; n++) {
      plain(0x25C - STEP * n, "WIFI_TX_PLCP2_" + n, 0);
    }
    for (int n = 0; n < SLOTS; n++) {
      plcp1[n] = plain(0x258 - STEP * n, "WIFI_TX_PLCP1_" + n, 0);
      plain(0x260 - STEP * n, "WIFI_TX_HT_SIG_" + n, 0);
      plain(0x264 - STEP * n, "WIFI_TX_HT_LENGTH_" + n, 0);
      plain(0x268 - STEP * n, "WIFI_TX_DURATION_" + n, 0);
      results[n] = register(0x270 - STEP * n, "WIFI_TX_RESULT_" + n, 0, 0);
    }
    System.arraycopy(array(KEYS, "WIFI_KEY_", keys.length, 0, ALL), 0, keys, 0, keys.length);
  }

  @Override
  protected void touched() {
    MacRegisters.check(this, powered);
  }
}
