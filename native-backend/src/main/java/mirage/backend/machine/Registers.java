// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine;

import java.util.List;

/**
 * How compiled OCaml code uses the address registers. C's call0 convention keeps a12-a15 across calls, so
 * plain C functions keep the allocation pointers.
 */
final class Registers {
  static final int RETURN_ADDRESS = 0;
  static final int STACK_POINTER = 1;
  static final int FIRST_ARGUMENT = 2;

  /** Arguments that travel in registers, a2 to a9; more travel in memory. */
  static final int ARGUMENTS = 8;

  /** For moves and constants while code is written; never hold a variable. */
  static final int SCRATCH = 10;

  static final int SCRATCH2 = 11;

  /** Where the minor heap must not be allocated below. */
  static final int YOUNG_LIMIT = 14;

  /** The last block made in the minor heap. */
  static final int YOUNG_POINTER = 15;

  /** Registers that hold variables, in the order of preference. */
  static final List<Integer> VARIABLES = List.of(2, 3, 4, 5, 6, 7, 8, 9, 12, 13);

  private Registers() {}
}
