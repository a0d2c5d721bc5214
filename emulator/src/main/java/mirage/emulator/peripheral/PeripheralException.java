// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

/** A program used a peripheral in a way the chip does not answer to, or that is not modelled. */
public final class PeripheralException extends RuntimeException {
  public PeripheralException(String message) {
    super(message);
  }
}
