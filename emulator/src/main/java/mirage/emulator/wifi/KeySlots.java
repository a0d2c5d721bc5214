// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.wifi;

import java.util.Optional;
import mirage.emulator.peripheral.Register;
import mirage.emulator.wlan.Address;
import mirage.emulator.wlan.Ccmp;
import mirage.emulator.wlan.Mpdu;

/** The keys of the MAC: 25 slots of ten words. Only CCMP with 128 bits is modelled. */
final class KeySlots {
  static final int SLOTS = 25;

  /** Words of a slot. */
  static final int WORDS = 10;

  private static final int KEY = 2;
  private static final int ALGORITHM = 18;
  private static final int CCMP = 3;
  private static final int PAIRWISE = 21;
  private static final int GROUP = 23;
  private static final int INTERFACE = 24;
  private static final int KEY_ID = 30;

  /** What working drivers have in the control register of an interface with a key. */
  private static final int ON = 0x10103;

  private final Register[] words;
  private final Register[] controls;
  private final Register enabled;

  KeySlots(Register[] words, Register[] controls, Register enabled) {
    this.words = words;
    this.controls = controls;
    this.enabled = enabled;
  }

  /** The key in a slot, if it is in use. */
  Optional<Ccmp> key(int slot) {
    Register high = words[WORDS * slot + 1];
    boolean on = slot < SLOTS && enabled.bit(slot) && high.field(ALGORITHM, 3) == CCMP;
    if (!on || (controls[high.field(INTERFACE, 2)].value() & ON) != ON) {
      return Optional.empty();
    }
    byte[] key = new byte[16];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (words[WORDS * slot + KEY + i / 4].value() >>> 8 * (i % 4));
    }
    return Optional.of(new Ccmp(key));
  }

  /** The key that a received frame was encrypted with, if it is here. */
  Optional<Ccmp> keyOf(Mpdu frame) {
    for (int slot = 0; slot < SLOTS; slot++) {
      Register high = words[WORDS * slot + 1];
      boolean several = frame.receiver().several();
      boolean kind =
          several
              ? high.bit(GROUP) && high.field(KEY_ID, 2) == Ccmp.keyId(frame)
              : high.bit(PAIRWISE);
      if (kind && address(slot).equals(frame.transmitter()) && key(slot).isPresent()) {
        return key(slot);
      }
    }
    return Optional.empty();
  }

  private Address address(int slot) {
    int low = words[WORDS * slot].value();
    int high = words[WORDS * slot + 1].value();
    byte[] bytes = new byte[Address.LENGTH];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i < 4 ? low >>> 8 * i : high >>> 8 * (i - 4));
    }
    return Address.of(bytes);
  }
}
