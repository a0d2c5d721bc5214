// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

/** The translated code of a {@link Region}; {@link Translator} generates the classes. */
abstract class Translation {
  /**
   * Runs from {@code pc}, one of the region's entries, until control leaves the region, an
   * instruction asks to leave, or the next block does not fit into the cycles left. Brings {@code
   * state.cycles} up to date.
   *
   * @param left cycles allowed
   * @return where control goes
   * @throws GuestException if an instruction cannot complete; the bus's exceptions likewise
   */
  abstract int run(int pc, int left, State state);
}
