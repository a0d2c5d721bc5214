// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import java.util.function.IntSupplier;

/**
 * The block that holds the random number generator's register (TRM, "Random Number Generator"), and the control
 * of the radio's timers, which is kept as written.
 */
public final class WifiDevice extends RegisterBlock {
  /** {@code entropy} gives each word read from the generator. */
  public WifiDevice(IntSupplier entropy) {
    super("WDEV", 0x1000);
    plain(0x20, "TSF_CONTROL", 0);
    register(0x144, "RNG_DATA", 0, 0).onRead(entropy);
  }
}
