// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.register;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mirage.backend.ir.Block;
import mirage.backend.ir.Cfg;
import mirage.backend.ir.Constant;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Var;
import mirage.backend.machine.target.Allocation;
import mirage.backend.machine.target.Liveness;
import mirage.backend.machine.target.Location;
import mirage.backend.machine.target.Loops;
import mirage.backend.machine.target.Registers;
import mirage.backend.machine.target.Words;

/**
 * Decides, block by block, which variables are in registers, so that there are always enough of them
 * (Belady's rule: the variable whose next use is farthest leaves first). A variable that leaves and is
 * needed again is stored once, where it is defined, and loaded again; a constant is made again.
 *
 * <p>After it, a variable may be defined in several places, until {@link Repair} has run. A use that can be
 * served from the frame (arguments of calls, values of edges) names the frame's variable itself.
 */
public final class Spill {
  private static final int FAR = 1 << 20;

  private final Function function;
  private final Cfg cfg;
  private final Loops loops;
  private final Liveness live;
  private final Allocation allocation;
  private final int registers = Registers.VARIABLES.size();
  private final Map<Block, Set<Var>> entry = new HashMap<>();
  private final Map<Block, Set<Var>> exit = new HashMap<>();
  private final Map<Var, Instr> constants = new HashMap<>();
  private final Map<Var, Var> slots = new HashMap<>();
  private final Set<Var> redefined = new HashSet<>();

  // Of the block at hand.
  private Block block;
  private Set<Var> held;
  private List<Instr> body;
  private Map<Var, List<Integer>> uses;

  /** Places of spilled variables; the others have none yet. Each variable is defined once again when it is done. */
  public static Allocation function(Function function) {
    Allocation allocation = new Allocation();
    Set<Var> redefined = new Spill(function, allocation).run();
    new Repair(function, redefined).run();
    return allocation;
  }

  private Spill(Function function, Allocation allocation) {
    this.function = function;
    this.cfg = new Cfg(function);
    this.loops = new Loops(cfg);
    this.live = new Liveness(function, cfg, var -> true);
    this.allocation = allocation;
    for (Block b : cfg.reversePostorder()) {
      for (Instr instr : b.body()) {
        if (Words.isConstant(instr)) {
          constants.put(instr.dest(), instr);
        }
      }
    }
  }

  /** Rewrites the function; returns the variables that now have several definitions. */
  private Set<Var> run() {
    for (Block b : cfg.reversePostorder()) {
      begin(b);
      List<Instr> old = List.copyOf(b.body());
      for (int i = 0; i < old.size(); i++) {
        instruction(old.get(i), i);
      }
      end(old.size());
      b.body().clear();
      b.body().addAll(body);
      exit.put(b, held);
    }
    for (Block b : cfg.reversePostorder()) {
      reconcile(b);
    }
    storeDefinitions();
    return redefined;
  }

  private void begin(Block b) {
    block = b;
    body = new ArrayList<>();
    uses = uses(b);
    held = entryOf(b);
    entry.put(b, new LinkedHashSet<>(held));
    b.params().replaceAll(param -> held.contains(param) ? param : slotOf(param));
  }

  private static Map<Var, List<Integer>> uses(Block b) {
    Map<Var, List<Integer>> uses = new HashMap<>();
    for (int i = 0; i < b.body().size(); i++) {
      for (Var arg : b.body().get(i).args()) {
        uses.computeIfAbsent(arg, v -> new ArrayList<>()).add(i);
      }
    }
    int last = b.body().size();
    b.end().uses().forEach(var -> uses.computeIfAbsent(var, v -> new ArrayList<>()).add(last));
    for (Edge edge : b.end().edges()) {
      for (Var arg : edge.args()) {
        uses.computeIfAbsent(arg, v -> new ArrayList<>()).add(last);
      }
    }
    return uses;
  }

  /** Position of the next use at or behind {@code position}; FAR if only in later blocks; MAX if dead. */
  private int nextUse(Var var, int position) {
    for (int use : uses.getOrDefault(var, List.of())) {
      if (use >= position) {
        return use;
      }
    }
    return live.out(block).get(var.id()) ? FAR : Integer.MAX_VALUE;
  }

  private Set<Var> entryOf(Block b) {
    Set<Var> chosen = new LinkedHashSet<>();
    List<Block> predecessors = cfg.predecessors(b);
    if (cfg.trapOf(b) != null || predecessors.isEmpty()) {
      chosen.addAll(b.params().subList(0, Math.min(b.params().size(), Registers.ARGUMENTS)));
      return chosen;
    }
    List<Var> params = new ArrayList<>(b.params());
    params.sort(Comparator.comparingInt(param -> nextUse(param, 0)));
    int room = b.end() instanceof End.Turn ? registers - 1 : registers;
    for (Var param : params) {
      if (chosen.size() < room) {
        chosen.add(param);
      }
    }
    List<Var> candidates = new ArrayList<>();
    BitSet in = live.in(b);
    for (int id = in.nextSetBit(0); id >= 0; id = in.nextSetBit(id + 1)) {
      Var var = live.var(id);
      if (wantedAtEntry(b, var, predecessors)) {
        candidates.add(var);
      }
    }
    candidates.sort(Comparator.comparingInt(var -> nextUse(var, 0)));
    for (Var var : candidates) {
      if (chosen.size() < room) {
        chosen.add(var);
      }
    }
    return chosen;
  }

  private boolean wantedAtEntry(Block b, Var var, List<Block> predecessors) {
    boolean all = true;
    boolean some = false;
    for (Block p : predecessors) {
      Set<Var> held = exit.get(p);
      if (held != null) {
        all &= held.contains(var);
        some |= held.contains(var);
      }
    }
    Loops.Loop loop = loops.headedBy(b);
    if (loop != null) {
      return loop.clobbers() ? all && usedBeforeCall(b, var) : loop.uses(var);
    }
    return all || some && usedBeforeCall(b, var);
  }

  private boolean usedBeforeCall(Block b, Var var) {
    List<Integer> positions = uses.get(var);
    if (positions == null) {
      return false;
    }
    for (int i = 0; i < b.body().size() && i <= positions.get(0); i++) {
      if (b.body().get(i).op().has(Op.Trait.CLOBBERS)) {
        return false;
      }
    }
    return true;
  }

  private void instruction(Instr instr, int position) {
    if (Words.isConstant(instr)) {
      // Made where it is used: early, it would only take a register.
      if (nextUse(instr.dest(), position + 1) > position + 1) {
        return;
      }
    }
    if (instr.op().has(Op.Trait.CLOBBERS)) {
      body.add(fromAnywhere(instr));
      held.clear();
    } else {
      for (Var arg : instr.args()) {
        load(arg);
      }
      int room = instr.dest() != null && instr.op().has(Op.Trait.APART) ? 1 : 0;
      makeRoom(room, position, List.of(instr.args()));
      body.add(instr);
      held.removeIf(var -> nextUse(var, position + 1) == Integer.MAX_VALUE);
    }
    if (instr.dest() != null) {
      makeRoom(1, position + 1, List.of());
      held.add(instr.dest());
      if (nextUse(instr.dest(), position + 1) == Integer.MAX_VALUE) {
        held.remove(instr.dest());
      }
    }
  }

  private Instr fromAnywhere(Instr instr) {
    Var[] args = instr.args().clone();
    for (int i = 0; i < args.length; i++) {
      args[i] = anywhere(args[i]);
    }
    return instr.withArgs(args);
  }

  /** The variable if it is in a register, else its place in the frame or its constant. */
  private Var anywhere(Var var) {
    return held.contains(var) ? var : slotOf(var);
  }

  private Var slotOf(Var var) {
    return slots.computeIfAbsent(
        var,
        v -> {
          Var slot = function.newVar(v.type());
          Instr constant = constants.get(v);
          if (constant != null) {
            allocation.place(slot, new Location.Constant((Constant) constant.imm()));
          } else {
            allocation.addSlot(slot);
          }
          return slot;
        });
  }

  private void load(Var var) {
    if (held.add(var)) {
      body.add(reload(var));
    }
  }

  private Instr reload(Var var) {
    Instr constant = constants.get(var);
    redefined.add(var);
    return constant != null
        ? constant
        : new Instr(Op.W_RELOAD, var, new Var[] {slotOf(var)}, null, -1);
  }

  /** Lets variables go until {@code count} registers are free. */
  private void makeRoom(int count, int position, Collection<Var> keep) {
    while (held.size() > registers - count) {
      Var farthest = null;
      for (Var var : held) {
        if (!keep.contains(var)
            && (farthest == null || nextUse(var, position) > nextUse(farthest, position))) {
          farthest = var;
        }
      }
      if (farthest == null) {
        throw new IllegalStateException("function " + function + ": too few registers");
      }
      held.remove(farthest);
    }
  }

  private void end(int position) {
    End old = block.end();
    boolean fixed =
        old instanceof End.TailJump || old instanceof End.Return || old instanceof End.Raise;
    if (!fixed) {
      old.uses().forEach(this::load);
      makeRoom(0, position, old.uses());
    }
    End mapped =
        old.map(var -> fixed ? anywhere(var) : var, edge -> End.mapArgs(edge, this::anywhere));
    block.setEnd(mapped);
    BitSet out = live.out(block);
    held.removeIf(var -> !out.get(var.id()));
  }

  /** Loads what a successor expects in registers and this block's end does not have there. */
  private void reconcile(Block b) {
    for (Edge edge : b.end().edges()) {
      Set<Var> expected = entry.get(edge.target());
      for (Var var : expected) {
        if (!exit.get(b).contains(var) && !edge.target().params().contains(var)) {
          b.body().add(reload(var));
        }
      }
    }
  }

  /** A variable that is loaded from the frame is stored there where it is defined. */
  private void storeDefinitions() {
    for (Block b : cfg.reversePostorder()) {
      List<Instr> result = new ArrayList<>();
      for (Var param : b.params()) {
        if (slots.containsKey(param)) {
          result.add(store(param));
        }
      }
      for (int i = 0; i < b.body().size(); i++) {
        Instr instr = b.body().get(i);
        result.add(instr);
        if (i + 1 < b.body().size() && b.body().get(i + 1).op() == Op.W_HIGH) {
          // Both words of a result are there before either is stored.
          result.add(b.body().get(++i));
          storeDefinition(instr, result);
          storeDefinition(b.body().get(i), result);
        } else {
          storeDefinition(instr, result);
        }
      }
      b.body().clear();
      b.body().addAll(result);
    }
  }

  private void storeDefinition(Instr instr, List<Instr> result) {
    if (slots.containsKey(instr.dest()) && instr.op() != Op.W_RELOAD && !Words.isConstant(instr)) {
      result.add(store(instr.dest()));
    }
  }

  private Instr store(Var var) {
    return new Instr(Op.W_SPILL, slots.get(var), new Var[] {var}, null, -1);
  }
}
