// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import mirage.emulator.Esp32;
import mirage.emulator.Host;
import mirage.emulator.board.SerialInput;

/** Connects a machine's serial line with a console, whose end is a break on the line. Virtual time runs freely. */
final class ConsoleLink implements Host, SerialInput {
  /** How often a wait looks whether somebody asked for the end. */
  private static final int LOOK_MILLIS = 50;

  private final ProgramConsole console;
  private int next = ProgramConsole.NONE;
  private boolean told;
  private boolean awaited;

  ConsoleLink(ProgramConsole console) {
    this.console = console;
  }

  /** Whether the program last waited for input that cannot come. */
  boolean awaited() {
    return awaited;
  }

  @Override
  public int poll() {
    if (!fetch(0)) {
      return -1;
    }
    if (next == ProgramConsole.END) {
      told = true;
      return BREAK;
    }
    int value = next;
    next = ProgramConsole.NONE;
    return value;
  }

  @Override
  public long pace(Esp32 machine, long now, long target) {
    console.flush();
    if (machine.console().takesInput() && fetch(0)) {
      machine.console().inputArrived();
      return now;
    }
    return target;
  }

  @Override
  public long await(Esp32 machine, long now, long until) {
    console.flush();
    awaited = machine.console().takesInput();
    while (awaited && !machine.stopping() && !told) {
      if (fetch(LOOK_MILLIS)) {
        machine.console().inputArrived();
        return now;
      }
    }
    return machine.stopping() ? now : NOTHING;
  }

  /** Whether a byte, or the break at the end, is there for the program. */
  private boolean fetch(int millis) {
    if (next == ProgramConsole.NONE) {
      next = console.read(millis);
    }
    return next >= 0 || next == ProgramConsole.END && !told;
  }
}
