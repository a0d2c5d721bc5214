// SPDX-License-Identifier: Apache-2.0
package mirage.backend.front;

import mirage.backend.bytecode.Code;
import mirage.backend.bytecode.Opcode;

/** Which instructions are jumped to, and from how many places control reaches them. */
final class Labels {
  private final short[] jumps;
  private final boolean[] fallsInto;

  Labels(Code code) {
    jumps = new short[code.size()];
    fallsInto = new boolean[code.size() + 1];
    for (int pc = 0; pc < code.size(); pc += code.length(pc)) {
      Opcode opcode = code.opcode(pc);
      switch (opcode.flow()) {
        case JUMP, BRANCH, TRAP -> add(code.label(pc + code.length(pc) - 1));
        case SWITCH -> {
          for (int i = pc + 2; i < pc + code.length(pc); i++) {
            add(code.label(pc + 2, i));
          }
        }
        case NEXT, STOP -> {}
      }
      markEntries(code, pc);
      boolean next = opcode.flow() == Opcode.Flow.NEXT || opcode.flow() == Opcode.Flow.BRANCH;
      if (pc + code.length(pc) <= code.size()) {
        fallsInto[pc + code.length(pc)] |= next || opcode.flow() == Opcode.Flow.TRAP;
      }
    }
  }

  /** A call is one more way to a function's first instruction. */
  private void markEntries(Code code, int pc) {
    if (code.opcode(pc) == Opcode.CLOSURE) {
      fallsInto[code.label(pc + 2)] = true;
    } else if (code.opcode(pc) == Opcode.CLOSUREREC) {
      for (int i = pc + 3; i < pc + code.length(pc); i++) {
        fallsInto[code.label(pc + 3, i)] = true;
      }
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
