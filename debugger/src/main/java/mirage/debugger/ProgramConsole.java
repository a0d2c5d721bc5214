// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

/** The far end of the program's serial line. All is called on the thread that runs the program. */
public interface ProgramConsole {
  /** There is no byte now. */
  int NONE = -1;

  /** No byte will ever come again: the program finds the end of its input. */
  int END = -2;

  /** The program sends a byte, 0 to 255. */
  void write(int value);

  /** The program pauses: what it has sent is shown. */
  void flush();

  /**
   * The next byte for the program.
   *
   * @param millis how long it may be waited for; 0 not at all
   * @return 0 to 255, {@link #NONE} or {@link #END}
   */
  int read(int millis);
}
