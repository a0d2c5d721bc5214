// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.target;

/** Where a variable is. */
public sealed interface Location {
  /** Address register {@code number}. */
  public record Register(int number) implements Location {}

  /** A word of the frame, by spill number. */
  public record Slot(int number) implements Location {}

  /** Nowhere: a constant that is made where it is needed. */
  public record Constant(mirage.backend.ir.Constant word) implements Location {}
}
