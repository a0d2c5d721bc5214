// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.board;

/** Hangs on a pin of the chip and hears of its level. */
@FunctionalInterface
public interface PinListener {
  /** The level has changed, whoever drives the pin. */
  void changed(boolean high);
}
