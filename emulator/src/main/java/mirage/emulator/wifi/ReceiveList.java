// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.wifi;

import mirage.emulator.bus.AccessFault;
import mirage.emulator.bus.Dma;
import mirage.emulator.peripheral.Register;

/**
 * The list of descriptors that received frames are put into. The MAC reads a descriptor, with the link to the next, when
 * it comes to it. A link that is set later is not seen until the program asks for a reload; once the list has ended, until it writes
 * where it goes on.
 *
 * <p>A descriptor is three words: size (12 bits), length (12), bit 30 has a frame, bit 31 the DMA's; the
 * buffer; the next descriptor or 0.
 */
final class ReceiveList {
  /** What NEXT shows when the list has ended. */
  static final int RAN_OUT = 0x3FF00000;

  private static final int RELOAD = 1;
  private static final int OWN = 1 << 31;
  private static final int FILLED = 1 << 30;
  private static final int FIELD = 0xFFF;
  private static final int LENGTH = 12;
  private static final int WORD = 4;

  private final Dma memory;
  private final Register control;
  private final Register next;
  private final Register last;
  private final Interrupts interrupts;

  /** The descriptor the next frame goes into; 0 where the list has ended. */
  private int current;

  private int size;
  private int buffer;
  private int link;

  ReceiveList(
      Dma memory,
      Register control,
      Register base,
      Register next,
      Register last,
      Interrupts interrupts) {
    this.memory = memory;
    this.control = control;
    this.next = next;
    this.last = last;
    this.interrupts = interrupts;
    base.onWrite(this::goOn);
  }

  void reset() {
    current = 0;
    next.set(RAN_OUT);
    last.set(0);
  }

  /** The program has written the control register. */
  void controlled(int word) {
    if ((word & RELOAD) != 0) {
      control.set(control.value() & ~RELOAD);
      if (current != 0) {
        fetch(current);
      }
    }
  }

  /** The program says where the list is; that counts where it has ended. */
  private void goOn(int address) {
    if (current == 0) {
      fetch(address);
    }
  }

  private void fetch(int address) {
    current = 0;
    next.set(RAN_OUT);
    if (address == 0) {
      return;
    }
    try {
      int word = memory.load32(address);
      buffer = memory.load32(address + WORD);
      link = memory.load32(address + 2 * WORD);
      size = word & FIELD;
      if ((word & OWN) != 0 && (word & FILLED) == 0) {
        current = address;
        next.set(address);
      }
    } catch (AccessFault e) {
      interrupts.raise(Interrupts.PANIC);
    }
  }

  /**
   * Puts a frame with its header into the next descriptor.
   *
   * @return whether there was one, with room for it
   */
  boolean store(byte[] content) {
    int length = content.length + WORD - 1 & -WORD;
    if (current == 0 || length > size) {
      return false;
    }
    int filled = current;
    try {
      memory.write(buffer, content, 0, content.length);
      memory.store32(filled, OWN | FILLED | length << LENGTH | size);
    } catch (AccessFault e) {
      interrupts.raise(Interrupts.PANIC);
      return false;
    }
    last.set(filled);
    fetch(link);
    return true;
  }
}
