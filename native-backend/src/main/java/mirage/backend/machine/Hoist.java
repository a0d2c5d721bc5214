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
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Var;

/** Moves out of loops what is the same in each turn, inner loops first. Runs when edges are split. */
final class Hoist {
  /** Variables that a loop may use before constants are made anew in each turn. */
  private static final int PRESSURE = 8;

  private final Cfg cfg;
  private final Loops loops;
  private final Map<Var, Block> home = new HashMap<>();

  private Hoist(Function function) {
    this.cfg = new Cfg(function);
    this.loops = new Loops(cfg);
  }

  static void function(Function function) {
    new Hoist(function).run();
  }

  private void run() {
    for (Block block : cfg.reversePostorder()) {
      block.params().forEach(param -> home.put(param, block));
      for (Instr instr : block.body()) {
        if (instr.dest() != null) {
          home.put(instr.dest(), block);
        }
      }
    }
    List<Block> order = new ArrayList<>(cfg.reversePostorder());
    java.util.Collections.reverse(order);
    for (Block header : order) {
      Loops.Loop loop = loops.headedBy(header);
      Block before = loop == null ? null : before(loop);
      if (before != null) {
        loop(loop, before);
      }
    }
  }

  /** The one block that leads into the loop and nowhere else, or null. */
  private Block before(Loops.Loop loop) {
    Block found = null;
    for (Block block : cfg.predecessors(loop.header())) {
      if (!loop.blocks().contains(block)) {
        if (found != null || !(block.end() instanceof End.Jump)) {
          return null;
        }
        found = block;
      }
    }
    return found;
  }

  private void loop(Loops.Loop loop, Block before) {
    boolean collects = false;
    Set<Var> vars = new HashSet<>();
    for (Block block : loop.blocks()) {
      vars.addAll(block.params());
      for (Instr instr : block.body()) {
        collects |= Effects.collects(instr) && !raisesOnly(instr);
        vars.addAll(List.of(instr.args()));
      }
    }
    Map<Object, Var> constants = new HashMap<>();
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Block block : cfg.reversePostorder()) {
        if (loop.blocks().contains(block)) {
          changed |= block(loop, block, before, collects);
        }
      }
    }
    if (!loop.clobbers()) {
      constants(loop, before, PRESSURE - pressure(loop), constants);
    }
  }

  private static boolean raisesOnly(Instr instr) {
    return instr.op() == Op.W_CHECK_BOUND || instr.op() == Op.W_CHECK_DIVISOR;
  }

  private boolean invariant(Loops.Loop loop, Instr instr, Block before) {
    for (Var arg : instr.args()) {
      if (loop.blocks().contains(home.get(arg))) {
        return false;
      }
    }
    return true;
  }

  private boolean block(Loops.Loop loop, Block block, Block before, boolean collects) {
    boolean changed = false;
    List<Instr> stay = new ArrayList<>();
    for (Instr instr : block.body()) {
      boolean moves =
          Words.movable(instr)
              && Words.speculative(instr)
              && !(collects && Words.pointsInside(instr))
              && invariant(loop, instr, before);
      if (moves) {
        before.body().add(guarded(instr));
        home.put(instr.dest(), before);
        changed = true;
      } else {
        stay.add(instr);
      }
    }
    if (changed) {
      block.body().clear();
      block.body().addAll(stay);
    }
    return changed;
  }

  /** In front of the loop the argument may be of another type, which the program tests in the loop. */
  private static Instr guarded(Instr instr) {
    return switch (instr.op()) {
      case UNBOX -> new Instr(Op.UNBOX_ANY, instr.dest(), instr.args(), instr.imm(), instr.pc());
      case W_HEADER, W_BYTES -> new Instr(instr.op(), instr.dest(), instr.args(), true, instr.pc());
      default -> instr;
    };
  }

  /** Variables the loop needs registers for, roughly. */
  private int pressure(Loops.Loop loop) {
    Set<Var> vars = new HashSet<>();
    for (Block block : loop.blocks()) {
      vars.addAll(block.params());
      for (Instr instr : block.body()) {
        for (Var arg : instr.args()) {
          if (!loop.blocks().contains(home.get(arg))) {
            vars.add(arg);
          }
        }
      }
      for (Var arg : block.end().uses()) {
        if (!loop.blocks().contains(home.get(arg))) {
          vars.add(arg);
        }
      }
    }
    return vars.size() + 2;
  }

  private void constants(Loops.Loop loop, Block before, int room, Map<Object, Var> kept) {
    Map<Var, Var> same = new HashMap<>();
    for (Block block : loop.blocks()) {
      for (Instr instr : block.body()) {
        if (Effects.isConstant(instr) && (kept.containsKey(instr.imm()) || kept.size() < room)) {
          Var held = kept.get(instr.imm());
          if (held == null) {
            held = instr.dest();
            kept.put(instr.imm(), held);
            before.body().add(new Instr(Op.W_KEEP, held, instr.args(), instr.imm(), instr.pc()));
            home.put(held, before);
          }
          same.put(instr.dest(), held);
        }
      }
      block.body().removeIf(i -> same.containsKey(i.dest()));
    }
    for (Block block : loop.blocks()) {
      block.body().replaceAll(i -> mirage.backend.ir.Rewrite.uses(i, v -> same.getOrDefault(v, v)));
      block.setEnd(
          block
              .end()
              .map(
                  v -> same.getOrDefault(v, v),
                  edge -> End.mapArgs(edge, v -> same.getOrDefault(v, v))));
    }
  }
}
