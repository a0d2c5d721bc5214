// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.register;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import mirage.backend.ir.Block;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Var;

/**
 * Which blocks run with the function's frame: those that need it, and all that may follow them. Before them the
 * stack pointer and the return address are the caller's.
 */
final class Wrap {
  private final Set<Block> framed = new HashSet<>();

  /**
   * @param inFrame whether a variable lives in the frame
   * @param spills whether a store of a variable into the frame counts
   */
  Wrap(Function function, Predicate<Var> inFrame, boolean spills) {
    Deque<Block> todo = new ArrayDeque<>();
    for (Block block : function.blocks()) {
      if (needs(block, inFrame, spills)) {
        todo.add(block);
      }
      if (block.end() instanceof End.PushTrap trap) {
        todo.add(trap.handler());
      }
    }
    while (!todo.isEmpty()) {
      Block block = todo.pop();
      if (framed.add(block)) {
        block.end().edges().forEach(edge -> todo.add(edge.target()));
      }
    }
  }

  private static boolean needs(Block block, Predicate<Var> inFrame, boolean spills) {
    if (block.params().stream().anyMatch(inFrame)) {
      return true;
    }
    for (Instr instr : block.body()) {
      if (needs(instr, inFrame, spills)) {
        return true;
      }
    }
    End end = block.end();
    if (end instanceof End.Raise || end instanceof End.PushTrap || end instanceof End.Stop) {
      return true;
    }
    if (end.uses().stream().anyMatch(inFrame)) {
      return true;
    }
    for (Edge edge : end.edges()) {
      for (Var arg : edge.args()) {
        if (inFrame.test(arg)) {
          return true;
        }
      }
      if (edge.args().length > 0 && edge.target().params().stream().anyMatch(inFrame)) {
        return true;
      }
    }
    return false;
  }

  private static boolean needs(Instr instr, Predicate<Var> inFrame, boolean spills) {
    return switch (instr.op()) {
      case W_SPILL -> spills;
      case W_CALL, W_CALL_REGISTER, W_C_CALL, SLOT, SET_SLOT, POP_TRAP -> true;
      default -> {
        for (Var arg : instr.args()) {
          if (inFrame.test(arg)) {
            yield true;
          }
        }
        yield false;
      }
    };
  }

  boolean framed(Block block) {
    return framed.contains(block);
  }

  boolean any() {
    return !framed.isEmpty();
  }
}
