// SPDX-License-Identifier: Apache-2.0
package mirage.xtensa;

/**
 * A place in code that depends on a label.
 *
 * @param offset where it starts, in bytes from the start of the buffer
 * @param instruction the instruction whose last operand is the label, or null for a word of data
 * @param label what is referred to
 * @param addend added to the label's address
 */
public record Reference(int offset, Instruction instruction, Label label, int addend) {}
