// SPDX-License-Identifier: Apache-2.0
package mirage.backend.front;

import mirage.formats.BytecodeOp;

/**
 * Which instructions are jumped to, and from how many places control reaches them. A call is one more way
 * to a function's first instruction.
 */
final class Labels {
  private final short[] jumps;
  private final boolean[] fallsInto;

  Labels(Code code) {
    jumps = new short[code.size()];
    fallsInto = new boolean[code.size() + 1];
    for (int pc = 0; pc < code.size(); pc += code.length(pc)) {
      BytecodeOp op = code.op(pc);
      int next = pc + code.length(pc);
      switch (op.shape()) {
        case LABEL, INTEGER_LABEL -> {
          if (op != BytecodeOp.PUSH_RETADDR) {
            add(code.label(next - 1));
          }
        }
        case SWITCH -> {
          for (int i = pc + 2; i < next; i++) {
            add(code.label(pc + 2, i));
          }
        }
        case NUMBER_LABEL -> fallsInto[code.label(pc + 2)] = true;
        case CLOSUREREC -> {
          for (int i = pc + 3; i < next; i++) {
            fallsInto[code.label(pc + 3, i)] = true;
          }
        }
        default -> {}
      }
      fallsInto[next] |=
          op.flow() == BytecodeOp.Flow.NEXT || op.flow() == BytecodeOp.Flow.CONDITIONAL;
    }
  }

  private void add(int target) {
    if (jumps[target] < Short.MAX_VALUE) {
      jumps[target]++;
    }
  }

  /** Whether a block starts here. */
  boolean starts(int pc) {
    return jumps[pc] > 0;
  }

  /** Whether control arrives here from more than one place. */
  boolean joins(int pc) {
    return jumps[pc] + (fallsInto[pc] ? 1 : 0) > 1;
  }
}
