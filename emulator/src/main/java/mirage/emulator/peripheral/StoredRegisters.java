// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

/**
 * A block that only keeps what is written, because what it controls on the chip has no effect on a program's
 * behaviour in the model; the reason is stated where the block is declared.
 */
public final class StoredRegisters extends RegisterBlock {
  /**
   * @param reason why keeping the bits is enough; for readers of the memory map
   */
  public StoredRegisters(String name, int size, String reason) {
    super(name, size);
    if (reason.isBlank()) {
      throw new IllegalArgumentException(name + ": a reason is needed");
    }
    for (int offset = 0; offset < size; offset += 4) {
      plain(offset, name + "_%03X".formatted(offset), 0);
    }
  }
}
