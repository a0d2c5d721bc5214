// SPDX-License-Identifier: Apache-2.0
package mirage.xtensa;

/** Where control goes after an instruction. */
public enum Flow {
  /** To the next instruction. */
  NEXT,
  /** To the label or the next instruction. */
  BRANCH,
  /** To the label. */
  JUMP,
  /** To the address in a register. */
  JUMP_REGISTER,
  /** To the label, and back. */
  CALL,
  /** To the address in a register, and back. */
  CALL_REGISTER,
  /** To the caller. */
  RETURN,
  /** To the next instruction, or past the loop; the label is the loop's end. */
  LOOP,
  /** To an exception vector. */
  TRAP,
  /** From an exception handler to what it interrupted. */
  RESUME
}
