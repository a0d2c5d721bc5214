// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.program;

import java.util.ArrayList;
import java.util.List;
import mirage.formats.BytecodeOp;

/**
 * A label operand of an instruction.
 *
 * @param at the word it stands in
 * @param base the word it counts from
 */
record Label(int at, int base) {

  /** The word the label names. */
  int target(int[] code) {
    return base + code[at];
  }

  /** All labels of the instruction at {@code pc}. */
  static List<Label> of(int[] code, int pc) {
    BytecodeOp op = BytecodeOp.of(code[pc]);
    return switch (op.shape()) {
      case LABEL -> List.of(new Label(pc + 1, pc + 1));
      case NUMBER_LABEL, INTEGER_LABEL -> List.of(new Label(pc + 2, pc + 2));
      case SWITCH -> range(pc + 2, pc + op.length(code, pc));
      case CLOSUREREC -> range(pc + 3, pc + op.length(code, pc));
      case NONE, NUMBER, NUMBER_NUMBER, INTEGER, GLOBAL, GLOBAL_NUMBER -> List.of();
      case PRIMITIVE, NUMBER_PRIMITIVE -> List.of();
    };
  }

  private static List<Label> range(int from, int to) {
    List<Label> labels = new ArrayList<>();
    for (int at = from; at < to; at++) {
      labels.add(new Label(at, from));
    }
    return labels;
  }
}
