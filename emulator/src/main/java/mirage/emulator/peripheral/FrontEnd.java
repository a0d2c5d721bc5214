// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

/**
 * The radio's front end, as far as the vendor's PHY library needs it in order to run (not in the TRM): two registers that it
 * waits for are ready, the others keep what is written. It measures nothing.
 */
public final class FrontEnd extends RegisterBlock {
  private static final int SIZE = 0x1000;
  private static final int READY1 = 0x7C;
  private static final int READY2 = 0x174;

  public FrontEnd() {
    super("FE", SIZE);
    for (int offset = 0; offset < SIZE; offset += 4) {
      boolean ready = offset == READY1 || offset == READY2;
      register(offset, "FE_%03X".formatted(offset), ready ? ALL : 0, ready ? 0 : ALL);
    }
  }
}
