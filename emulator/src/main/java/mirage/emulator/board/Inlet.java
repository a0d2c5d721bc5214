// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.board;

/** The side of a peripheral where something comes in from outside: bytes of a line, frames of a cable. */
public interface Inlet {
  /** Whether the peripheral would fetch something now; not while something is on its way to it. */
  boolean takesInput();

  /** Something has come. The peripheral fetches it from its line at the rate of that line, in virtual time. */
  void inputArrived();

  /** Whether what comes in leads, sooner or later, to this peripheral's interrupt. */
  boolean interruptsOnInput();

  /** All cores wait, so the program is ready for what comes. */
  default void listen() {}
}
