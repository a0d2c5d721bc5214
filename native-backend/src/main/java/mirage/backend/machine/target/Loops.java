// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.target;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mirage.backend.ir.Block;
import mirage.backend.ir.Cfg;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Traps;
import mirage.backend.ir.Var;

/**
 * Natural loops: a header, and the blocks that lead back to it. What runs with a trap leads to the trap's handler, by an
 * exception, even if it never comes to the loop's header otherwise.
 */
public final class Loops {
  private final Map<Block, Loop> byHeader = new HashMap<>();
  private final Traps traps;

  /** One loop. */
  public record Loop(Block header, Set<Block> blocks, boolean clobbers, Set<Var> used) {
    public boolean uses(Var var) {
      return used.contains(var);
    }
  }

  public Loops(Cfg cfg) {
    Map<Block, Set<Block>> bodies = new HashMap<>();
    this.traps = new Traps(cfg.function());
    Map<Block, List<Block>> raising = raising(cfg, traps);
    for (Block block : cfg.reversePostorder()) {
      for (Edge edge : block.end().edges()) {
        if (cfg.dominates(edge.target(), block)) {
          collect(cfg, raising, edge.target(), block, bodies);
        }
      }
    }
    bodies.forEach((header, blocks) -> byHeader.put(header, loop(header, blocks)));
  }

  /** For each handler, the blocks that run with its trap. */
  private static Map<Block, List<Block>> raising(Cfg cfg, Traps traps) {
    Map<Block, List<Block>> raising = new HashMap<>();
    for (Block block : cfg.reversePostorder()) {
      for (Block handler : traps.around(block)) {
        raising.computeIfAbsent(handler, h -> new ArrayList<>()).add(block);
      }
    }
    return raising;
  }

  private static void collect(
      Cfg cfg,
      Map<Block, List<Block>> raising,
      Block header,
      Block from,
      Map<Block, Set<Block>> bodies) {
    Set<Block> body = bodies.computeIfAbsent(header, h -> new LinkedHashSet<>(List.of(h)));
    Deque<Block> todo = new ArrayDeque<>(List.of(from));
    while (!todo.isEmpty()) {
      Block block = todo.pop();
      if (body.add(block)) {
        todo.addAll(cfg.predecessors(block));
        todo.addAll(raising.getOrDefault(block, List.of()));
      }
    }
  }

  private static Loop loop(Block header, Set<Block> blocks) {
    boolean clobbers = false;
    Set<Var> used = new HashSet<>();
    for (Block block : blocks) {
      for (Instr instr : block.body()) {
        clobbers |= instr.op().has(Op.Trait.CLOBBERS);
        used.addAll(List.of(instr.args()));
      }
      clobbers |= block.end() instanceof End.PushTrap;
      used.addAll(block.end().uses());
      for (Edge edge : block.end().edges()) {
        used.addAll(List.of(edge.args()));
      }
    }
    return new Loop(header, blocks, clobbers, used);
  }

  /** The loop with that header, or null. */
  public Loop headedBy(Block block) {
    return byHeader.get(block);
  }

  /** The function's traps, which tell where exceptions lead. */
  public Traps traps() {
    return traps;
  }
}
