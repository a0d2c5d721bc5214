// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.target;

import java.util.List;

/**
 * How compiled OCaml code uses the address registers. C's call0 convention keeps a12-a15 across calls, so
 * plain C functions keep the allocation pointers.
 */
public final class Registers {
  public static final int RETURN_ADDRESS = 0;
  public static final int STACK_POINTER = 1;
  public static final int FIRST_ARGUMENT = 2;

  /** Arguments that travel in registers, a2 to a9; more travel in memory. */
  public static final int ARGUMENTS = 8;

  /** For moves and constants while code is written; never hold a variable. */
  public static final int SCRATCH = 10;

  public static final int SCRATCH2 = 11;

  /** Where the minor heap must not be allocated below. */
  public static final int YOUNG_LIMIT = 14;

  /** The last block made in the minor heap. */
  public static final int YOUNG_POINTER = 15;

  /** Registers that hold variables, in the order of preference. */
  public static final List<Integer> VARIABLES = List.of(2, 3, 4, 5, 6, 7, 8, 9, 12, 13);

  private Registers() {}
}
