// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.target;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import mirage.backend.ir.Block;
import mirage.backend.ir.Cfg;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Traps;
import mirage.backend.ir.Var;

/** Which variables are needed later, at the borders of blocks. */
public final class Liveness {
  private final Map<Block, BitSet> in = new HashMap<>();
  private final Map<Block, BitSet> out = new HashMap<>();
  private static final BitSet NONE = new BitSet();

  private final Predicate<Var> counts;
  private final Var[] byId;
  private final Traps traps;

  /**
   * @param counts the variables of interest
   */
  public Liveness(Function function, Cfg cfg, Predicate<Var> counts) {
    this.counts = counts;
    this.byId = new Var[function.varCount()];
    this.traps = new Traps(function);
    List<Block> order = cfg.reversePostorder();
    for (Block block : order) {
      in.put(block, new BitSet());
      out.put(block, new BitSet());
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = order.size() - 1; i >= 0; i--) {
        changed |= update(order.get(i));
      }
    }
  }

  private boolean update(Block block) {
    BitSet live = out.get(block);
    for (Edge edge : block.end().edges()) {
      live.or(in.get(edge.target()));
    }
    BitSet needed = atEnd(block);
    for (int i = block.body().size() - 1; i >= 0; i--) {
      step(block.body().get(i), needed);
    }
    block.params().forEach(param -> needed.clear(param.id()));
    boolean changed = !needed.equals(in.get(block));
    in.put(block, needed);
    return changed;
  }

  /** Needed by the block's end or behind it, or by a handler that an exception may lead to; a copy. */
  public BitSet atEnd(Block block) {
    BitSet live = (BitSet) out.get(block).clone();
    for (Block handler : traps.around(block)) {
      live.or(in.getOrDefault(handler, NONE));
    }
    End end = block.end();
    end.uses().forEach(var -> add(var, live));
    for (Edge edge : end.edges()) {
      for (Var arg : edge.args()) {
        add(arg, live);
      }
    }
    return live;
  }

  /** From what is needed behind an instruction to what is needed in front of it. */
  public void step(Instr instr, BitSet live) {
    if (instr.dest() != null) {
      live.clear(instr.dest().id());
    }
    for (Var arg : instr.args()) {
      add(arg, live);
    }
  }

  private void add(Var var, BitSet live) {
    if (counts.test(var)) {
      byId[var.id()] = var;
      live.set(var.id());
    }
  }

  /** Needed at the block's first instruction and defined before the block; not to be changed. */
  public BitSet in(Block block) {
    return in.get(block);
  }

  /** Needed by successors, their parameters not included; not to be changed. */
  public BitSet out(Block block) {
    return out.get(block);
  }

  /** The variable with that id; null when it is never live. */
  public Var var(int id) {
    return byId[id];
  }
}
