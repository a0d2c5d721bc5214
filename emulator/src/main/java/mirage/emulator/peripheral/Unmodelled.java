// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import mirage.emulator.bus.Device;
import mirage.emulator.bus.DeviceFault;

/** A part of the chip that the emulator has not: any access is a fault that says so. */
public final class Unmodelled implements Device {
  private final String name;
  private final String what;

  /** {@code what} says what the part is, as in "SD/MMC host controller". */
  public Unmodelled(String name, String what) {
    this.name = name;
    this.what = what;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int read(int offset, int size) {
    throw new DeviceFault(
        "%s (%s) is not modelled: load at offset 0x%03x".formatted(name, what, offset));
  }

  @Override
  public void write(int offset, int size, int value) {
    throw new DeviceFault(
        "%s (%s) is not modelled: store of 0x%x at offset 0x%03x"
            .formatted(name, what, value, offset));
  }
}
