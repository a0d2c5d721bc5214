// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which handlers are set in each block: what they use must stay alive there. */
public final class Traps {
  private final Map<Block, List<Block>> atStart = new HashMap<>();

  public Traps(Function function) {
    boolean any = function.blocks().stream().anyMatch(b -> b.end() instanceof End.PushTrap);
    if (!any) {
      return;
    }
    atStart.put(function.entry(), List.of());
    Deque<Block> todo = new ArrayDeque<>(List.of(function.entry()));
    while (!todo.isEmpty()) {
      Block block = todo.pop();
      List<Block> set = atStart.get(block);
      for (Instr instr : block.body()) {
        if (instr.op() == Op.POP_TRAP) {
          set = set.subList(0, set.size() - 1);
        }
      }
      for (Edge edge : block.end().edges()) {
        List<Block> next = new ArrayList<>(set);
        if (block.end() instanceof End.PushTrap trap && trap.handler() != edge.target()) {
          next.add(trap.handler());
        }
        if (atStart.putIfAbsent(edge.target(), next) == null) {
          todo.push(edge.target());
        }
      }
    }
  }

  /** Handlers set when the block begins, the innermost last. */
  public List<Block> around(Block block) {
    return atStart.getOrDefault(block, List.of());
  }
}
