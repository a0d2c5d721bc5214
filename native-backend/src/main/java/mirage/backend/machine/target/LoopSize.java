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
      case W_LOAD, W_STORE, W_LOAD8, W_STORE8 -> instr.intImm() >>> 8 == 0 ? instr.op().most() : 3;
      default -> instr.op().most();
    };
  }
}
