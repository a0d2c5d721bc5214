// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

/**
 * How a run of the machine ended.
 *
 * @param kind what ended it
 * @param status exit status of the program if it halted, the core's number for a breakpoint, 0 for a run that
 *     was stopped, else 1
 * @param report what happened, in one or more lines; empty if there is nothing to report
 */
public record Outcome(Kind kind, int status, String report) {
  /** What ended a run. */
  public enum Kind {
    /** The program stopped with an exit status. */
    HALTED,
    /** The host asked for the end. */
    STOPPED,
    /** The time allowed is over. */
    TIMEOUT,
    /** The program did what the chip, or the model, cannot do. */
    FAULT,
    /** The program or a watchdog reset the chip, and that was not allowed. */
    RESET,
    /** All cores wait and nothing can wake them. */
    DEADLOCK,
    /** A breakpoint was reached. */
    BREAKPOINT
  }

  static Outcome halted(int status) {
    return new Outcome(Kind.HALTED, status, "");
  }

  static Outcome failed(Kind kind, String report) {
    return new Outcome(kind, 1, report);
  }
}
