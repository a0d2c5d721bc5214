// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine;

/** Where a variable is. */
sealed interface Location {
  /** Address register {@code number}. */
  record Register(int number) implements Location {}

  /** A word of the frame, by spill number. */
  record Slot(int number) implements Location {}

  /** Nowhere: an Integer or a Symbol that is made where it is needed. */
  record Constant(Object word) implements Location {}
}
