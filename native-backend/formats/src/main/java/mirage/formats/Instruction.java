// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.util.Arrays;
import java.util.List;

/**
 * An instruction of bytecode: its word, and a word for each operand.
 *
 * @param pc index of its word in the code
 * @param op its opcode
 * @param operands as {@link BytecodeOp#operands} tells, of which labels are indices of instructions; not to be changed
 * @param plain what it does, in order
 */
public record Instruction(int pc, BytecodeOp op, int[] operands, List<PlainInstruction> plain) {
  private static final int[] NONE = {};

  /** What an operand becomes in another program. */
  @FunctionalInterface
  public interface Renumbering {
    int of(Operand kind, int operand);
  }

  /** Index of the word behind it. */
  public int next() {
    return pc + 1 + operands.length;
  }

  public int operand(int number) {
    return operands[number];
  }

  /** The first operand of a kind, or -1. Not for kinds whose operands can be negative. */
  public int operand(Operand kind) {
    int number = op.operands().indexOf(kind);
    return number < 0 ? -1 : operands[number];
  }

  /** The instructions that its labels name, in order. */
  public int[] labels() {
    int first = op.firstLabel();
    if (first == 0) {
      return operands;
    }
    return first < 0 ? NONE : Arrays.copyOfRange(operands, first, operands.length);
  }

  /** The same, of labels of one kind. */
  public int[] labels(Operand kind) {
    return op.labelKind() == kind ? labels() : NONE;
  }

  /** Whether one of the things it does is this. */
  public boolean does(PlainOp what) {
    return op.does(what);
  }

  /** Its words where its own is at index {@code at}. */
  public int[] words(int at, Renumbering renumbering) {
    int[] words = new int[1 + operands.length];
    words[0] = op.ordinal();
    for (int i = 0; i < operands.length; i++) {
      Operand kind = op.operand(i);
      int operand = renumbering.of(kind, operands[i]);
      if (kind.isLabel()) {
        operand -= at + 1 + op.firstLabel();
      } else if (kind == Operand.CASES) {
        operand |= operands.length - 1 - operand << 16;
      }
      words[1 + i] = operand;
    }
    return words;
  }

  @Override
  public String toString() {
    return pc + ": " + op + " " + plain;
  }
}
