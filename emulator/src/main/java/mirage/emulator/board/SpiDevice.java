// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.board;

/**
 * A device on an SPI bus, as its pins see the bus: a select line that is active low, and bytes that pass both ways at once, most
 * significant bit first. What the bytes mean is the device's own affair.
 */
public interface SpiDevice {
  /** What the master reads while nobody drives its input. */
  int FLOATING = 0xFF;

  /** The select line falls: the next byte is the first of a transaction. */
  default void select() {}

  /**
   * A byte passes while the device is selected.
   *
   * @param out what the master sends, 0 to 255
   * @return what the device sends meanwhile, 0 to 255; {@link #FLOATING} if it does not drive the line
   */
  int exchange(int out);

  /** The select line rises: the transaction is over. */
  default void deselect() {}
}
