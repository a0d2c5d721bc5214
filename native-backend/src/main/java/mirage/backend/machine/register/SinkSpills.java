// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.register;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mirage.backend.ir.Block;
import mirage.backend.ir.Cfg;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Var;
import mirage.backend.machine.target.Allocation;
import mirage.backend.machine.target.Liveness;
import mirage.backend.machine.target.Registers;

/**
 * Moves stores into the frame from a function's beginning to where the frame is needed, so that short ways through the
 * function do without one.
 */
public final class SinkSpills {
  private SinkSpills() {}

  public static void function(Function function, Allocation allocation) {
    Cfg cfg = new Cfg(function);
    Wrap wrap = new Wrap(function, allocation::isSlot, false);
    if (wrap.framed(function.entry()) || !wrap.any()) {
      return;
    }
    Liveness live = new Liveness(function, cfg, allocation::isSlot);
    Map<Block, List<Instr>> moved = new HashMap<>();
    Set<Instr> gone = new HashSet<>();
    for (Block block : cfg.reversePostorder()) {
      if (wrap.framed(block)) {
        continue;
      }
      for (Instr instr : block.body()) {
        if (instr.op() == Op.W_SPILL) {
          List<Block> places = places(cfg, wrap, live, instr.dest());
          if (places.size() > 1) {
            // A variable of the frame is stored in one place, too.
            return;
          }
          gone.add(instr);
          places.forEach(p -> moved.computeIfAbsent(p, b -> new ArrayList<>()).add(instr));
        }
      }
    }
    if (gone.isEmpty()) {
      return;
    }
    Map<Block, List<Instr>> before = new HashMap<>();
    for (Block block : function.blocks()) {
      before.put(block, List.copyOf(block.body()));
      block.body().removeIf(gone::contains);
    }
    moved.forEach(
        (block, stores) ->
            block.body().addAll(wrap.framed(block) ? 0 : block.body().size(), stores));
    // Stored later, a variable keeps its register longer: there must be enough for all.
    if (!fits(function, cfg, allocation, wrap)) {
      for (Block block : function.blocks()) {
        block.body().clear();
        block.body().addAll(before.get(block));
      }
    }
  }

  private static boolean fits(Function function, Cfg cfg, Allocation allocation, Wrap wrap) {
    Liveness live = new Liveness(function, cfg, allocation::wantsRegister);
    for (Block block : cfg.reversePostorder()) {
      if (!wrap.framed(block) && most(block, live, allocation) > Registers.VARIABLES.size()) {
        return false;
      }
    }
    return true;
  }

  /** The most registers that a block needs at once. */
  private static int most(Block block, Liveness live, Allocation allocation) {
    BitSet needed = live.atEnd(block);
    int most = needed.cardinality();
    for (int i = block.body().size() - 1; i >= 0; i--) {
      Instr instr = block.body().get(i);
      BitSet here = (BitSet) needed.clone();
      if (instr.dest() != null && allocation.wantsRegister(instr.dest())) {
        here.set(instr.dest().id());
      }
      if (instr.op().has(Op.Trait.APART)) {
        for (Var arg : instr.args()) {
          here.set(arg.id());
        }
      }
      live.step(instr, needed);
      most = Math.max(most, Math.max(here.cardinality(), needed.cardinality()));
    }
    block.params().stream().filter(allocation::wantsRegister).forEach(p -> needed.set(p.id()));
    int count = block.end() instanceof End.Turn ? 1 : 0;
    return Math.max(most, needed.cardinality() + count);
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
