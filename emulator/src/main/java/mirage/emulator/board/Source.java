// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.board;

/** Something outside the machine that sends to it at times of the host's: a terminal, a network. */
public interface Source {
  /** Whether something is there to be fetched. */
  boolean ready();

  /** Whether nothing will ever come again. */
  boolean ended();

  /**
   * The machine has nothing else to do: from now on {@code bell} is rung whenever something comes or the source
   * ends. Called before every wait.
   */
  void expect(Bell bell);
}
