// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.util.List;
import java.util.Optional;

/**
 * Why a program does not run any more. Where it is, {@link DebugSession#frames} says.
 *
 * @param breakpoints those it has reached; none unless it stopped at breakpoints
 * @param result of the function that has returned, if it is known
 * @param status of a program that has ended
 * @param report what the machine says of a program that cannot go on; else empty
 */
public record Stop(
    Reason reason,
    List<Breakpoint> breakpoints,
    Optional<String> result,
    int status,
    String report) {

  /** The kinds of stop. */
  public enum Reason {
    /** At breakpoints. */
    BREAKPOINT,
    /** At the next line. */
    STEP,
    /** Behind the call of a function that was to be finished. */
    RETURNED,
    /** Somebody asked for it. */
    INTERRUPTED,
    /** The program has ended. */
    ENDED,
    /** The program waits, and nothing can come. */
    WAITS_FOR_EVER,
    /** The processor refused an instruction; the program can be looked at, but does not go on. */
    FAULT
  }

  static Stop of(Reason reason) {
    return new Stop(reason, List.of(), Optional.empty(), 0, "");
  }

  static Stop at(List<Breakpoint> breakpoints) {
    return new Stop(Reason.BREAKPOINT, List.copyOf(breakpoints), Optional.empty(), 0, "");
  }

  static Stop returned(Optional<String> result) {
    return new Stop(Reason.RETURNED, List.of(), result, 0, "");
  }

  static Stop ended(int status) {
    return new Stop(Reason.ENDED, List.of(), Optional.empty(), status, "");
  }

  static Stop fault(String report) {
    return new Stop(Reason.FAULT, List.of(), Optional.empty(), 0, report);
  }
}
