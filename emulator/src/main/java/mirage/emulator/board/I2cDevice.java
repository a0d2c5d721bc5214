// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.board;

/**
 * A device on an I2C bus, as it sees the bus once its address has passed: bytes to it or from it, most significant bit first. What the
 * bytes mean is the device's own affair.
 */
public interface I2cDevice {
  /** What the master reads while nobody pulls its data line down. */
  int FLOATING = 0xFF;

  /**
   * The master has sent START, or START again within a transaction, and this device's address.
   *
   * @param read whether the master will read; otherwise it will write
   * @return whether the device acknowledges
   */
  default boolean start(boolean read) {
    return true;
  }

  /**
   * A byte from the master, 0 to 255.
   *
   * @return whether the device acknowledges it
   */
  boolean write(int value);

  /** The next byte for the master, 0 to 255. Not called again in this direction once the master has not acknowledged one. */
  int read();

  /** The transaction is over. */
  default void stop() {}
}
