// SPDX-License-Identifier: Apache-2.0
package mirage.backend.bytecode;

import mirage.backend.CompileException;

/**
 * The code of a bytecode program: 32-bit words addressed by index. Every access is checked, so that a
 * damaged file ends in a message.
 */
public final class Code {
  private final int[] words;

  /** Takes ownership of the words. */
  public Code(int[] words) {
    this.words = words;
  }

  public int size() {
    return words.length;
  }

  /** The word at an index. */
  public int word(int index) {
    if (index < 0 || index >= words.length) {
      throw new CompileException(
          "bytecode at word " + index + ": outside the code, which has " + words.length + " words");
    }
    return words[index];
  }

  /** The instruction at an index. */
  public Opcode opcode(int index) {
    Opcode opcode = Opcode.byNumber(word(index));
    if (opcode == null) {
      throw new CompileException(
          "bytecode at word "
              + index
              + ": found instruction number "
              + word(index)
              + ", allowed are 0 to "
              + (Opcode.values().length - 1));
    }
    return opcode;
  }

  /** The absolute index the label operand at {@code position} names, relative to itself. */
  public int label(int position) {
    return label(position, position);
  }

  /** The absolute index the label operand at {@code position} names, relative to {@code base}. */
  public int label(int base, int position) {
    int target = base + word(position);
    if (target < 0 || target >= words.length) {
      throw new CompileException(
          "bytecode at word " + position + ": label leads to word " + target + ", outside the code");
    }
    return target;
  }

  /** The number of words of the instruction at an index, its own word included. */
  public int length(int index) {
    return switch (opcode(index).operands()) {
      case NONE -> 1;
      case INT, LABEL -> 2;
      case INT_INT, INT_LABEL -> 3;
      case SWITCH -> 2 + (word(index + 1) & 0xFFFF) + (word(index + 1) >>> 16);
      case CLOSUREREC -> 3 + Math.max(0, word(index + 1));
    };
  }
}
