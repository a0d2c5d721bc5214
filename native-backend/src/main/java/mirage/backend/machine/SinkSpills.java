// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mirage.backend.ir.Block;
import mirage.backend.ir.Cfg;
import mirage.backend.ir.Edge;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Var;

/**
 * Moves stores into the frame from a function's beginning to where the frame is needed, so that short ways through the
 * function do without one.
 */
final class SinkSpills {
  private SinkSpills() {}

  static void function(Function function, Allocation allocation) {
    Cfg cfg = new Cfg(function);
    Wrap wrap = new Wrap(function, allocation::isSlot, false);
    if (wrap.framed(function.entry()) || !wrap.any()) {
      return;
    }
    Liveness live = new Liveness(function, cfg, allocation::isSlot);
    Map<Block, List<Instr>> moved = new HashMap<>();
    Set<Instr> gone = new HashSet<>();
    Set<Var> early = new HashSet<>();
    for (Block block : cfg.reversePostorder()) {
      if (wrap.framed(block)) {
        continue;
      }
      early.addAll(block.params());
      for (Instr instr : block.body()) {
        if (instr.dest() != null) {
          early.add(instr.dest());
        }
        if (instr.op() == Op.W_SPILL) {
          List<Block> places = places(cfg, wrap, live, instr.dest());
          if (places.size() > 1) {
            return;
          }
          gone.add(instr);
          places.forEach(p -> moved.computeIfAbsent(p, b -> new ArrayList<>()).add(instr));
        }
      }
    }
    // Stored later, a variable keeps its register longer: there must be enough for all.
    early.removeIf(allocation::isSlot);
    if (early.size() > Registers.VARIABLES.size()) {
      return;
    }
    for (Block block : function.blocks()) {
      block.body().removeIf(gone::contains);
    }
    moved.forEach(
        (block, stores) ->
            block.body().addAll(wrap.framed(block) ? 0 : block.body().size(), stores));
  }

  /** Where the frame begins and the frame's variable is needed. */
  private static List<Block> places(Cfg cfg, Wrap wrap, Liveness live, Var slot) {
    List<Block> places = new ArrayList<>();
    for (Block block : cfg.reversePostorder()) {
      for (Edge edge : block.end().edges()) {
        Block to = edge.target();
        if (!wrap.framed(block) && wrap.framed(to) && live.in(to).get(slot.id())) {
          places.add(cfg.predecessors(to).size() == 1 ? to : block);
        }
      }
    }
    return places;
  }
}
