// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

/** A block that has done whatever it is told to: all its registers read as ones, and what is stored in them is lost. */
public final class ReadyRegisters extends RegisterBlock {
  /** A block of {@code size} bytes. */
  public ReadyRegisters(String name, int size) {
    super(name, size);
    for (int offset = 0; offset < size; offset += 4) {
      register(offset, name + "_%03X".formatted(offset), ALL, 0);
    }
  }
}
