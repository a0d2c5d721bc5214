// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.util.Arrays;

/**
 * An operation with its operands, of which labels are indices of instructions.
 *
 * @param op what is done
 * @param operands as {@link PlainOp#operands} tells; not to be changed
 */
public record PlainInstruction(PlainOp op, int... operands) {
  public int operand(int number) {
    return operands[number];
  }

  /** How many values it uses: the accumulator, all others off the stack; none if zero. */
  public int values() {
    return op.values(operands);
  }

  /** The number of operands that are still missing, counting a repeated one once. */
  int missing() {
    return op.operands().size() - operands.length;
  }

  /** With the missing operands, some of a list. */
  PlainInstruction with(int[] list, int from, int to) {
    if (from == to) {
      return this;
    }
    if (operands.length == 0 && to - from == list.length) {
      return new PlainInstruction(op, list);
    }
    int[] all = Arrays.copyOf(operands, operands.length + to - from);
    System.arraycopy(list, from, all, operands.length, to - from);
    return new PlainInstruction(op, all);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PlainInstruction that
        && op == that.op
        && Arrays.equals(operands, that.operands);
  }

  @Override
  public int hashCode() {
    return 31 * op.hashCode() + Arrays.hashCode(operands);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(op.name());
    for (int operand : operands) {
      text.append(' ').append(operand);
    }
    return text.toString();
  }
}
