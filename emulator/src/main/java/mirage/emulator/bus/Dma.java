// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.bus;

/**
 * Memory as a peripheral reaches it by itself, without a core. It sees what is mapped in an address space of its own;
 * all else is an {@link AccessFault}, which the peripheral reports in its own way. Decoded code is
 * forgotten where it writes.
 */
public final class Dma {
  private final AddressSpace space;

  public Dma(AddressSpace space) {
    this.space = space;
  }

  /** The 32-bit word at {@code address}, a multiple of 4. */
  public int load32(int address) {
    return space.load32(address);
  }

  public void store32(int address, int value) {
    space.store32(address, value);
  }

  /** Copies {@code length} bytes at {@code address} to {@code target} from {@code offset} on. */
  public void read(int address, byte[] target, int offset, int length) {
    for (int i = 0; i < length; i++) {
      target[offset + i] = (byte) space.load8(address + i);
    }
  }

  /** Copies {@code length} bytes of {@code source} from {@code offset} on to {@code address}. */
  public void write(int address, byte[] source, int offset, int length) {
    for (int i = 0; i < length; i++) {
      space.store8(address + i, source[offset + i]);
    }
  }
}
