// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.spi;

import mirage.emulator.board.SpiDevice;

/** The lines of one controller: three select lines, clock, and data both ways. */
interface SpiLines {
  /** The select lines a controller has. */
  int SELECTS = 3;

  /**
   * The controller drives its select lines.
   *
   * @param active those that are low, CS0 in bit 0
   */
  void select(int active);

  /** A byte both ways; {@link SpiDevice#FLOATING} if no device answers. */
  int exchange(int out);

  /** Lines that lead to one device alone, on CS0, by wires of their own. */
  static SpiLines to(SpiDevice device) {
    return new SpiLines() {
      private boolean selected;

      @Override
      public void select(int active) {
        boolean now = (active & 1) != 0;
        if (now && !selected) {
          device.select();
        } else if (selected && !now) {
          device.deselect();
        }
        selected = now;
      }

      @Override
      public int exchange(int out) {
        return selected ? device.exchange(out) : SpiDevice.FLOATING;
      }
    };
  }
}
