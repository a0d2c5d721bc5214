// SPDX-License-Identifier: Apache-2.0
package mirage.backend.front;

import mirage.formats.BytecodeOp;

/** The code of a program, whose instructions, labels and operands the reader of the file has checked. */
record Code(int[] words) {
  int size() {
    return words.length;
  }

  int word(int index) {
    return words[index];
  }

  BytecodeOp op(int pc) {
    return BytecodeOp.of(words[pc]);
  }

  /** The number of words of the instruction, its own word included. */
  int length(int pc) {
    return op(pc).length(words, pc);
  }

  /** Where the label at {@code position} leads, relative to itself. */
  int label(int position) {
    return label(position, position);
  }

  /** Where the label at {@code position} leads, relative to {@code base}. */
  int label(int base, int position) {
    return base + words[position];
  }
}
