// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.target;

/** Facts of OCaml's run-time system that the generated code relies on (caml/config.h). */
public final class Runtime {
  /** Largest block, in words, that is made in the minor heap. */
  public static final int MAX_YOUNG_WORDS = 256;

  /** Bytes below the stack that raise an exception when they are written to; {@code GUARD_SIZE} of guard.h. */
  public static final int STACK_GUARD = 128;

  private Runtime() {}
}
