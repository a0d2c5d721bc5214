// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.word;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mirage.backend.ir.Block;
import mirage.backend.ir.Cfg;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Rewrite;
import mirage.backend.ir.Symbol;
import mirage.backend.ir.Traps;
import mirage.backend.ir.Var;
import mirage.backend.machine.target.Addresses;
import mirage.backend.machine.target.Definitions;
import mirage.backend.machine.target.Liveness;
import mirage.backend.machine.target.Loops;
import mirage.backend.machine.target.Names;
import mirage.backend.machine.target.Registers;
import mirage.backend.machine.target.Words;

/** Moves out of loops what is the same in each turn, inner loops first. Runs when edges are split. */
public final class Hoist {
  /** Variables a loop may have at once, constants included, before constants are made anew in each turn. */
  private static final int PRESSURE = Registers.VARIABLES.size() - 1;

  private final Function function;
  private final Cfg cfg;
  private final Loops loops;
  private final Traps traps;
  private final Addresses addresses;
  private final Map<Var, Block> home;
  private final Map<Var, Instr> definitions;

  /** Constants that are kept through each block. */
  private final Map<Block, Integer> kept = new HashMap<>();

  private Hoist(Function function) {
    this.function = function;
    this.cfg = new Cfg(function);
    this.loops = new Loops(cfg);
    this.traps = loops.traps();
    Definitions made = Definitions.of(cfg);
    this.addresses = Addresses.of(cfg, made);
    this.definitions = made.instructions();
    this.home = made.homes();
  }

  public static void function(Function function) {
    new Hoist(function).run();
  }

  private void run() {
    List<Block> order = new ArrayList<>(cfg.reversePostorder());
    Collections.reverse(order);
    order.removeIf(block -> loops.headedBy(block) == null || before(loops.headedBy(block)) == null);
    order.forEach(header -> loop(loops.headedBy(header), before(loops.headedBy(header))));
    order.removeIf(header -> loops.headedBy(header).clobbers());
    if (!order.isEmpty()) {
      Liveness live = new Liveness(function, cfg, var -> true);
      for (Block header : order) {
        Loops.Loop loop = loops.headedBy(header);
        constants(loop, before(loop), PRESSURE - pressure(loop, live));
      }
    }
  }

  /** The one block that leads into the loop and nowhere else, or null. */
  private Block before(Loops.Loop loop) {
    Block found = null;
    for (Block block : cfg.predecessors(loop.header())) {
      if (!loop.blocks().contains(block)) {
        boolean leads = block.end() instanceof End.Jump || block.end() instanceof End.Repeat;
        if (found != null || !leads) {
          return null;
        }
        found = block;
      }
    }
    return found;
  }

  private void loop(Loops.Loop loop, Block before) {
    boolean collects = false;
    boolean stores = false;
    boolean setsGlobal = false;
    for (Block block : loop.blocks()) {
      for (Instr instr : block.body()) {
        collects |= instr.op().has(Op.Trait.COLLECTS) && !leaves(loop, block, instr);
        stores |= instr.op().effect() == Op.Effect.WRITE;
        setsGlobal |= instr.op().effect() == Op.Effect.WRITE && accessesGlobal(instr);
      }
    }
    boolean globalsStay = !collects && !setsGlobal;
    if (!loop.clobbers()) {
      new LoopTags(function, loop, before, home, definitions).sums();
    }
    if (!collects) {
      new LoopTags(function, loop, before, home, definitions).items();
    }
    boolean changed = true;
    while (changed) {
      changed = !collects && !stores && loop.header() != before && first(loop, before);
      for (Block block : cfg.reversePostorder()) {
        if (loop.blocks().contains(block)) {
          changed |= block(loop, block, before, collects, globalsStay);
        }
      }
    }
  }

  /**
   * Where nothing is stored, what the first block loads and checks is the same in each turn if its operands
   * are. It is done at least once; of two checks it does not matter which is first.
   */
  private boolean first(Loops.Loop loop, Block before) {
    List<Instr> stay = new ArrayList<>();
    boolean passed = false;
    boolean raises = false;
    Block begin = begin(loop, before);
    for (Instr instr : begin.body()) {
      boolean check = instr.op() == Op.W_CHECK_BOUND;
      boolean load = instr.op() == Op.W_LOAD || instr.op() == Op.W_LOAD8;
      if ((check && !raises || load && !passed) && invariant(loop, instr)) {
        before.body().add(instr);
        home.put(instr.dest(), before);
      } else {
        // A load may rely on a check that stays.
        passed |= instr.op().effect() == Op.Effect.CALL;
        raises |= instr.op().effect() == Op.Effect.CALL && !check;
        stay.add(instr);
      }
    }
    boolean changed = stay.size() < begin.body().size();
    begin.body().clear();
    begin.body().addAll(stay);
    return changed;
  }

  /** What is done at least once: the header, or what follows one that counts. */
  private static Block begin(Loops.Loop loop, Block before) {
    return before.end() instanceof End.Repeat repeat
            && repeat.turns() == End.Turns.SOME
            && loop.header().end() instanceof End.Turn turn
        ? turn.body().target()
        : loop.header();
  }

  /** Whether the collector runs for the sake of an exception alone, whose handler lies behind the loop. */
  private boolean leaves(Loops.Loop loop, Block block, Instr instr) {
    return instr.op().has(Op.Trait.RAISES)
        && traps.around(block).stream().noneMatch(loop.blocks()::contains);
  }

  private boolean invariant(Loops.Loop loop, Instr instr) {
    for (Var arg : instr.args()) {
      if (loop.blocks().contains(home.get(arg))) {
        return false;
      }
    }
    return true;
  }

  private boolean block(
      Loops.Loop loop, Block block, Block before, boolean collects, boolean globalsStay) {
    boolean changed = false;
    List<Instr> stay = new ArrayList<>();
    for (Instr instr : block.body()) {
      boolean moves =
          Words.movable(instr)
                  && Words.speculative(instr)
                  && !(collects && addresses.pointsInside(instr))
                  && invariant(loop, instr)
              || globalsStay && isGlobal(instr);
      if (moves) {
        before.body().add(isGlobal(instr) ? global(instr, before) : guarded(instr));
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

  /** A global can be loaded at any time; behind other symbols a check may have to come first. */
  private boolean isGlobal(Instr instr) {
    return instr.op() == Op.W_LOAD && accessesGlobal(instr);
  }

  private boolean accessesGlobal(Instr instr) {
    Instr address = instr.args().length > 0 ? definitions.get(instr.arg(0)) : null;
    return address != null
        && address.op() == Op.W_SYMBOL
        && ((Symbol) address.imm()).name().equals(Names.GLOBALS);
  }

  private Instr global(Instr load, Block before) {
    Instr address = definitions.get(load.arg(0));
    Var copy = function.newVar(address.dest().type());
    before.body().add(Instr.of(Op.W_SYMBOL, copy, address.imm(), load.pc()));
    home.put(copy, before);
    definitions.put(copy, before.body().get(before.body().size() - 1));
    return load.withArgs(copy);
  }

  /** In front of the loop the argument may be of another type, which the program tests in the loop. */
  private static Instr guarded(Instr instr) {
    return switch (instr.op()) {
      case UNBOX -> instr.withOp(Op.UNBOX_ANY);
      case W_HEADER -> instr.withOp(Op.W_HEADER_ANY);
      case W_BYTES -> instr.withOp(Op.W_BYTES_ANY);
      default -> instr;
    };
  }

  /** Variables that are alive at once in the loop, kept constants of inner loops among them. */
  private int pressure(Loops.Loop loop, Liveness live) {
    int most = 0;
    for (Block block : loop.blocks()) {
      BitSet needed = live.atEnd(block);
      int here = needed.cardinality();
      for (int i = block.body().size() - 1; i >= 0; i--) {
        Instr instr = block.body().get(i);
        if (!Words.isConstant(instr)) {
          live.step(instr, needed);
          here = Math.max(here, needed.cardinality());
        } else {
          needed.clear(instr.dest().id());
        }
      }
      most = Math.max(most, here + kept.getOrDefault(block, 0));
    }
    return most;
  }

  private void constants(Loops.Loop loop, Block before, int room) {
    Map<Object, Var> held = new HashMap<>();
    Map<Var, Var> same = new HashMap<>();
    for (Block block : loop.blocks()) {
      for (Instr instr : block.body()) {
        if (Words.isConstant(instr) && (held.containsKey(instr.imm()) || held.size() < room)) {
          Var var = held.get(instr.imm());
          if (var == null) {
            var = instr.dest();
            held.put(instr.imm(), var);
            before.body().add(new Instr(Op.W_KEEP, var, instr.args(), instr.imm(), instr.pc()));
            home.put(var, before);
          }
          same.put(instr.dest(), var);
        }
      }
      block.body().removeIf(i -> same.containsKey(i.dest()));
    }
    loop.blocks().forEach(block -> kept.merge(block, held.size(), Integer::sum));
    replace(same);
  }

  /** Behind the loop, too, a constant that was made in it may be used. */
  private void replace(Map<Var, Var> same) {
    if (same.entrySet().stream().allMatch(entry -> entry.getKey() == entry.getValue())) {
      return;
    }
    for (Block block : function.blocks()) {
      block.body().replaceAll(i -> Rewrite.uses(i, v -> same.getOrDefault(v, v)));
      block.setEnd(
          block
              .end()
              .map(
                  v -> same.getOrDefault(v, v),
                  edge -> End.mapArgs(edge, v -> same.getOrDefault(v, v))));
    }
  }
}
