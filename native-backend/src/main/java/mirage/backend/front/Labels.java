// SPDX-License-Identifier: Apache-2.0
package mirage.backend.front;

import mirage.formats.Bytecode;
import mirage.formats.Instruction;
import mirage.formats.Operand;

/**
 * Which instructions are jumped to, and from how many places control reaches them. A call is one more way
 * to a function's first instruction.
 */
final class Labels {
  private final short[] jumps;
  private final boolean[] fallsInto;

  Labels(Bytecode code) {
    jumps = new short[code.size()];
    fallsInto = new boolean[code.size() + 1];
    for (Instruction instruction : code.instructions()) {
      add(instruction.labels(Operand.TARGET));
      add(instruction.labels(Operand.HANDLER));
      for (int entry : instruction.labels(Operand.FUNCTION)) {
        fallsInto[entry] = true;
      }
      fallsInto[instruction.next()] |= instruction.op().continues();
    }
  }

  private void add(int[] targets) {
    for (int target : targets) {
      if (jumps[target] < Short.MAX_VALUE) {
        jumps[target]++;
      }
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
