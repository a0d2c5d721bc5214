// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.ethernet;

import mirage.emulator.peripheral.Register;

/** Which frames the MAC takes, by their addresses (TRM, "MAC Address Filtering"). */
final class AddressFilter {
  private static final int BYTES = 6;
  private static final int PROMISCUOUS = 0;
  private static final int INVERSE_DESTINATION = 3;
  private static final int ALL_MULTICAST = 4;
  private static final int NO_BROADCAST = 5;
  private static final int CONTROL = 6;
  private static final int INVERSE_SOURCE = 8;
  private static final int SOURCE = 9;
  private static final int RECEIVE_ALL = 31;

  /** In the upper word of a further address: in use, compares the source, bytes that are not compared. */
  private static final int USED = 31;

  private static final int IS_SOURCE = 30;
  private static final int MASK = 24;

  private static final int CONTROL_TYPE = 0x8808;
  private static final int PAUSE = 1;

  private final Register mode;
  private final Register[] high;
  private final Register[] low;

  /** The own address comes first in {@code high} and {@code low}. */
  AddressFilter(Register mode, Register[] high, Register[] low) {
    this.mode = mode;
    this.high = high;
    this.low = low;
  }

  /** What becomes of a frame. */
  enum Verdict {
    DROPPED,
    /** Taken although it does not match; the descriptor says so. */
    TAKEN_UNMATCHED,
    TAKEN
  }

  Verdict judge(byte[] frame) {
    if (mode.bit(PROMISCUOUS)) {
      return Verdict.TAKEN;
    }
    boolean matches = destinationMatches(frame) && (!mode.bit(SOURCE) || sourceMatches(frame));
    if (Packet.word(frame, 2 * BYTES) == CONTROL_TYPE) {
      boolean pause = Packet.word(frame, 2 * BYTES + 2) == PAUSE;
      matches =
          switch (mode.field(CONTROL, 2)) {
            case 0 -> false;
            case 1 -> !pause;
            case 2 -> true;
            default -> matches;
          };
    }
    if (matches) {
      return Verdict.TAKEN;
    }
    return mode.bit(RECEIVE_ALL) ? Verdict.TAKEN_UNMATCHED : Verdict.DROPPED;
  }

  private boolean destinationMatches(byte[] frame) {
    boolean broadcast = true;
    for (int i = 0; i < BYTES; i++) {
      broadcast &= frame[i] == -1;
    }
    if (broadcast) {
      return !mode.bit(NO_BROADCAST);
    }
    if ((frame[0] & 1) != 0 && mode.bit(ALL_MULTICAST)) {
      return true;
    }
    return matchesOne(frame, 0, false) != mode.bit(INVERSE_DESTINATION);
  }

  private boolean sourceMatches(byte[] frame) {
    return matchesOne(frame, BYTES, true) != mode.bit(INVERSE_SOURCE);
  }

  private boolean matchesOne(byte[] frame, int at, boolean source) {
    boolean matches = !source && same(frame, at, 0, 0);
    for (int i = 1; i < high.length; i++) {
      if (high[i].bit(USED) && high[i].bit(IS_SOURCE) == source) {
        matches |= same(frame, at, i, high[i].field(MASK, BYTES));
      }
    }
    return matches;
  }

  /** Compares an address, its first byte with the lowest byte of the lower word. */
  private boolean same(byte[] frame, int at, int number, int ignored) {
    long address =
        (long) high[number].field(0, 16) << 32 | Integer.toUnsignedLong(low[number].value());
    boolean same = true;
    for (int i = 0; i < BYTES; i++) {
      same &= (ignored >>> i & 1) != 0 || frame[at + i] == (byte) (address >>> 8 * i);
    }
    return same;
  }
}
