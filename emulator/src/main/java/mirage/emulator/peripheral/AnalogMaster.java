// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The master of the analog parts' own bus. PLL and regulators are ideal: what is written is kept. Of the radio's synthesizer the
 * index of the channel is followed, and what the vendor's library waits for is there at once (not in the TRM).
 */
public final class AnalogMaster extends RegisterBlock {
  private static final int SIZE = 0x1000;
  private static final int CHANNEL = 0xC4;

  /** Registers that say that a transfer is over, or a value found; and what they hold. */
  private static final Map<Integer, Integer> READY =
      Map.of(0x04, 0xFDFFFFFF, 0x44, ALL, 0x4C, ALL, CHANNEL, ALL);

  /** {@code tuned} gets each index of a channel. */
  public AnalogMaster(IntConsumer tuned) {
    super("I2C_ANA_MST", SIZE);
    for (int offset = 0; offset < SIZE; offset += 4) {
      Register register = plain(offset, "I2C_ANA_%03X".formatted(offset), 0);
      if (READY.containsKey(offset)) {
        int ready = READY.get(offset);
        register.onRead(() -> ready);
      }
      if (offset == CHANNEL) {
        register.onWrite(tuned);
      }
    }
  }
}
