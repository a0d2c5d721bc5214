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
import mirage.backend.machine.target.Location;
import mirage.backend.machine.target.Registers;

/**
 * Gives each variable a register, and each frame variable a word of the frame. In single assignment form,
 * visiting blocks after their dominators, the first free one will do; hints save moves.
 */
public final class Color {
  /** First those that no argument or result asks for. */
  private static final int[] ORDER = {13, 12, 9, 8, 7, 6, 5, 4, 3, 2};

  private final Function function;
  private final Cfg cfg;
  private final Allocation allocation;
  private final boolean slots;
  private final Liveness live;
  private final Map<Var, Integer> hints = new HashMap<>();
  private final Map<Var, List<Var>> flowsTo = new HashMap<>();
  private final Map<Var, List<Var>> flowsFrom = new HashMap<>();
  private final Map<Var, Integer> colors = new HashMap<>();
  private BitSet taken;

  private Color(Function function, Cfg cfg, Allocation allocation, boolean slots) {
    this.function = function;
    this.cfg = cfg;
    this.allocation = allocation;
    this.slots = slots;
    this.live = new Liveness(function, cfg, this::mine);
  }

  /** First the words of the frame, then the registers. */
  public static void function(Function function, Allocation allocation) {
    Cfg cfg = new Cfg(function);
    new Color(function, cfg, allocation, true).run();
    new Color(function, cfg, allocation, false).run();
  }

  private boolean mine(Var var) {
    return slots ? allocation.isSlot(var) : allocation.wantsRegister(var);
  }

  private void run() {
    Map<Var, Var> copies = new HashMap<>();
    collectHints(copies);
    copies.forEach((from, to) -> flowsTo.put(from, flowsTo.getOrDefault(to, List.of())));
    for (Block block : cfg.reversePostorder()) {
      block(block);
    }
    colors.forEach(
        (var, color) ->
            allocation.place(var, slots ? new Location.Slot(color) : new Location.Register(color)));
  }

  /**
   * @param copies gets the variables that others are copies of
   */
  private void collectHints(Map<Var, Var> copies) {
    for (Block block : cfg.reversePostorder()) {
      for (Instr instr : block.body()) {
        if (!slots && instr.op().has(Op.Trait.CLOBBERS)) {
          for (int i = 0; i < instr.args().length && i < Registers.ARGUMENTS; i++) {
            hints.putIfAbsent(instr.arg(i), Registers.FIRST_ARGUMENT + i);
          }
        } else if (instr.op() == Op.W_ADDI && instr.intImm() == 0) {
          copies.put(instr.arg(0), instr.dest());
        }
      }
      End end = block.end();
      if (!slots && (end instanceof End.Return || end instanceof End.Raise)) {
        hints.putIfAbsent(end.uses().get(0), Registers.FIRST_ARGUMENT);
      } else if (!slots && end instanceof End.TailJump tail) {
        for (int i = 0; i < tail.args().size() && i < Registers.ARGUMENTS; i++) {
          hints.putIfAbsent(tail.args().get(i), Registers.FIRST_ARGUMENT + i);
        }
      }
      for (Edge edge : end.edges()) {
        for (int i = 0; i < edge.args().length; i++) {
          Var param = edge.target().params().get(i);
          flowsTo.computeIfAbsent(edge.args()[i], v -> new ArrayList<>()).add(param);
          flowsFrom.computeIfAbsent(param, v -> new ArrayList<>()).add(edge.args()[i]);
        }
      }
    }
  }

  private void block(Block block) {
    taken = new BitSet();
    BitSet in = live.in(block);
    for (int id = in.nextSetBit(0); id >= 0; id = in.nextSetBit(id + 1)) {
      taken.set(colors.get(live.var(id)));
    }
    List<List<Var>> dying = dying(block);
    boolean entry = block == function.entry();
    BitSet count = count(block);
    taken.or(count);
    for (int i = 0; i < block.params().size(); i++) {
      Var param = block.params().get(i);
      if (mine(param)) {
        if (!slots && entry) {
          hints.put(param, Registers.FIRST_ARGUMENT + i);
        }
        assign(param);
      }
    }
    taken.andNot(count);
    dying.get(0).forEach(this::free);
    for (int i = 0; i < block.body().size(); i++) {
      Instr instr = block.body().get(i);
      List<Var> last = dying.get(i + 1);
      boolean apart = instr.op().has(Op.Trait.APART);
      if (!apart) {
        last.stream().filter(var -> var != instr.dest()).forEach(this::free);
      }
      if (instr.dest() != null && mine(instr.dest())) {
        if (!slots && instr.op().has(Op.Trait.CLOBBERS)) {
          hints.putIfAbsent(instr.dest(), Registers.FIRST_ARGUMENT);
        }
        assign(instr.dest());
      }
      last.stream().filter(var -> apart || var == instr.dest()).forEach(this::free);
    }
  }

  /** The register of what the loop counts, which is still needed when its parameters get their values. */
  private BitSet count(Block block) {
    BitSet count = new BitSet();
    for (Block before : cfg.predecessors(block)) {
      if (before.end() instanceof End.Repeat repeat && mine(repeat.count())) {
        count.set(colors.get(repeat.count()));
      }
    }
    count.andNot(taken);
    return count;
  }

  private void free(Var var) {
    taken.clear(colors.get(var));
  }

  /** Variables that die at the block's beginning (unused parameters), and with each instruction. */
  private List<List<Var>> dying(Block block) {
    int size = block.body().size();
    List<List<Var>> result = new ArrayList<>();
    for (int i = 0; i <= size; i++) {
      result.add(new ArrayList<>());
    }
    BitSet needed = live.atEnd(block);
    for (int i = size - 1; i >= 0; i--) {
      Instr instr = block.body().get(i);
      Var dest = instr.dest();
      if (dest != null && mine(dest) && !needed.get(dest.id())) {
        result.get(i + 1).add(dest);
      }
      Set<Var> seen = new HashSet<>();
      for (Var arg : instr.args()) {
        if (mine(arg) && !needed.get(arg.id()) && seen.add(arg)) {
          result.get(i + 1).add(arg);
        }
      }
      live.step(instr, needed);
    }
    for (Var param : block.params()) {
      if (mine(param) && !needed.get(param.id())) {
        result.get(0).add(param);
      }
    }
    return result;
  }

  private void assign(Var var) {
    int color = pick(var);
    colors.put(var, color);
    taken.set(color);
  }

  private int pick(Var var) {
    Integer hint = hint(var);
    if (hint != null && !taken.get(hint)) {
      return hint;
    }
    if (slots) {
      return taken.nextClearBit(0);
    }
    for (int color : ORDER) {
      if (!taken.get(color)) {
        return color;
      }
    }
    throw new IllegalStateException("function " + function + ": no register left for " + var);
  }

  private Integer hint(Var var) {
    Integer hint = slots ? null : hints.get(var);
    if (hint != null && !taken.get(hint)) {
      return hint;
    }
    for (Var other : flowsTo.getOrDefault(var, List.of())) {
      Integer wanted = wanted(other);
      if (wanted != null && !taken.get(wanted) && compatible(var, other)) {
        return wanted;
      }
    }
    for (Var other : flowsFrom.getOrDefault(var, List.of())) {
      Integer color = colors.get(other);
      if (color != null && !taken.get(color) && compatible(var, other)) {
        return color;
      }
    }
    return null;
  }

  /** Where a variable is, or is to be. */
  private Integer wanted(Var var) {
    Integer color = colors.get(var);
    if (color != null || slots) {
      return color;
    }
    if (hints.containsKey(var)) {
      return hints.get(var);
    }
    return flowsTo.getOrDefault(var, List.of()).stream()
        .filter(colors::containsKey)
        .findFirst()
        .map(colors::get)
        .orElse(null);
  }

  private boolean compatible(Var a, Var b) {
    return mine(a) && mine(b);
  }
}
