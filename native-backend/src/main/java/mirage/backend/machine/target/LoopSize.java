// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.target;

import mirage.backend.ir.Block;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Instr;

/** How many bytes a loop takes at most, with branches that the assembler makes longer. */
public final class LoopSize {
  /** Bytes from a loop instruction to the loop's end. */
  public static final int REACH = 256;

  private static final int INSTRUCTION = 3;

  private LoopSize() {}

  public static int most(Loops.Loop loop) {
    int bytes = INSTRUCTION;
    for (Block block : loop.blocks()) {
      for (Instr instr : block.body()) {
        bytes += INSTRUCTION * most(instr);
      }
      if (block.end() instanceof End.Compare) {
        bytes += 3 * INSTRUCTION;
      } else if (block.end() instanceof End.Jump) {
        bytes += INSTRUCTION;
      }
      for (Edge edge : block.end().edges()) {
        bytes += 4 * INSTRUCTION * edge.args().length;
      }
    }
    return bytes;
  }

  /** Instructions. */
  private static int most(Instr instr) {
    return switch (instr.op()) {
      case W_CONST, W_SYMBOL, W_KEEP, W_ADD, W_ADDX2, W_ADDX4, W_SUB, W_AND, W_OR, W_XOR -> 1;
      case W_SHLI, W_SHRI, W_SARI, W_EXTUI, W_MUL, W_MULUH, W_QUOS, W_REMS, UNBOX -> 1;
      case W_LOAD, W_STORE, W_LOAD8, W_STORE8 -> instr.intImm() >>> 8 == 0 ? 1 : 3;
      case W_CHECK_BOUND, W_CHECK_DIVISOR, W_ADDI, W_SHL, W_SHR, W_SAR, W_FUNNEL, W_IF_ZERO -> 2;
      case W_HEADER, UNBOX_ANY, W_TEST, W_FLAG -> 5;
      case W_RELOAD, W_SPILL, SLOT, SET_SLOT -> 4;
      case W_MODIFY, W_MODIFY_INT -> 10;
      default -> 16;
    };
  }
}
