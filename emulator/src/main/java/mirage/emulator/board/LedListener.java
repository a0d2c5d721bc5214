// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.board;

/** Watches the LEDs of a board. */
@FunctionalInterface
public interface LedListener {
  /**
   * A LED was switched.
   *
   * @param tick of virtual time
   */
  void switched(Board.Led led, boolean lit, long tick);
}
