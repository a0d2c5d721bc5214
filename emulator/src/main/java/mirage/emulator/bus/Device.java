// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.bus;

/** Registers that answer at addresses of an {@link AddressSpace}. */
public interface Device {
  /** The name used in fault reports, as the chip's manual has it. */
  String name();

  /**
   * Reads {@code size} bytes (1, 2 or 4).
   *
   * @param offset bytes from where the device is mapped, a multiple of {@code size}
   * @return the value, zero-extended
   * @throws AccessFault if there is no such register
   */
  int read(int offset, int size);

  /**
   * Writes the low {@code size} bytes (1, 2 or 4) of {@code value}.
   *
   * @param offset bytes from where the device is mapped, a multiple of {@code size}
   * @throws AccessFault if there is no such register
   */
  void write(int offset, int size, int value);
}
