// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import mirage.emulator.bus.Device;
import mirage.emulator.bus.DeviceFault;

/**
 * A block of 32-bit registers. It reports, by the names of the manual, every access that does not meet a declared
 * register: nothing is silently ignored.
 */
public abstract class RegisterBlock implements Device {
  /** All bits of a register. */
  protected static final int ALL = -1;

  private final String name;
  private final Register[] registers;

  /**
   * @param name the manual's name of the block
   * @param size bytes of address space it takes
   */
  protected RegisterBlock(String name, int size) {
    this.name = name;
    this.registers = new Register[size / 4];
  }

  @Override
  public final String name() {
    return name;
  }

  /** Brings the block to its state after a reset. */
  public void reset() {
    for (Register register : registers) {
      if (register != null) {
        register.restore();
      }
    }
  }

  /** Declares a register; {@code writable} are the bits a program can change by a store. */
  protected final Register register(int offset, String registerName, int reset, int writable) {
    if (registers[offset / 4] != null) {
      throw new IllegalStateException(
          name + ": two registers at offset 0x" + Integer.toHexString(offset));
    }
    Register register = new Register(registerName, reset, writable);
    registers[offset / 4] = register;
    return register;
  }

  /** Declares a register that only keeps what is stored in it. */
  protected final Register plain(int offset, String registerName, int reset) {
    return register(offset, registerName, reset, ALL);
  }

  /** Declares {@code count} registers in a row, named with a number at the end. */
  protected final Register[] array(
      int offset, String registerName, int count, int reset, int writable) {
    Register[] row = new Register[count];
    for (int i = 0; i < count; i++) {
      row[i] = register(offset + 4 * i, registerName + i, reset, writable);
    }
    return row;
  }

  @Override
  public final int read(int offset, int size) {
    int word = find(offset, "load from").read();
    return size == 4 ? word : word >>> 8 * (offset & 3) & (1 << 8 * size) - 1;
  }

  @Override
  public final void write(int offset, int size, int value) {
    Register register = find(offset, "store to");
    if (size != 4) {
      throw new DeviceFault(
          "%s: %d-byte store to %s; peripheral registers take 32-bit stores"
              .formatted(name, size, register.name()));
    }
    register.write(value);
  }

  /** The fault of a program that asks this block for something the model has not. */
  protected final DeviceFault unsupported(String what) {
    return new DeviceFault(name + ": " + what);
  }

  /** A program is about to load from a register or to store to it. */
  protected void touched() {
    // Most blocks always have power and a clock.
  }

  private Register find(int offset, String access) {
    touched();
    Register register = offset >>> 2 < registers.length ? registers[offset >>> 2] : null;
    if (register == null) {
      throw unsupported(
          "%s a register that is not modelled, offset 0x%03x".formatted(access, offset & ~3));
    }
    return register;
  }
}
