// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.word;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import mirage.backend.ir.Block;
import mirage.backend.ir.Cfg;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Rewrite;
import mirage.backend.ir.Var;
import mirage.backend.machine.target.Definitions;
import mirage.backend.machine.target.Loops;
import mirage.backend.machine.target.Words;

/**
 * Lets innermost loops whose number of turns is known when they begin count by themselves (Xtensa ISA manual, 4.3.2 "Loop
 * Option"). Such a loop must not run code that may do the same: it calls nothing, and cannot make the collector run, which
 * runs finalisers. It may be left early, by a branch or an exception: the processor looks at its count at the loop's
 * last instruction only, which nothing reaches but through the loop's beginning.
 */
public final class CountedLoops {
  /** More instructions hardly fit into the 256 bytes that a loop may have, and matter more than its end. */
  private static final int LONGEST = 40;

  private final Function function;
  private final Cfg cfg;
  private final Loops loops;
  private final Map<Var, Instr> definitions;
  private final Map<Var, Block> home;

  /** What is to be made in front of the loop at hand, in order. */
  private final Set<Var> moved = new LinkedHashSet<>();

  private CountedLoops(Function function) {
    this.function = function;
    this.cfg = new Cfg(function);
    this.loops = new Loops(cfg);
    Definitions made = Definitions.of(cfg);
    this.definitions = made.instructions();
    this.home = made.homes();
  }

  public static void function(Function function) {
    Set<Block> seen = new HashSet<>();
    boolean changed = true;
    while (changed) {
      changed = new CountedLoops(function).next(seen);
    }
  }

  /** Changes the first loop that can be and has not been seen. */
  private boolean next(Set<Block> seen) {
    for (Block header : cfg.reversePostorder()) {
      Loops.Loop loop = loops.headedBy(header);
      if (loop != null && seen.add(header) && plain(loop) && change(loop, seen)) {
        return true;
      }
    }
    return false;
  }

  private boolean plain(Loops.Loop loop) {
    if (loop.clobbers() || loop.header() == function.entry()) {
      return false;
    }
    int length = 0;
    for (Block block : loop.blocks()) {
      length += block.body().size();
      boolean inner = block != loop.header() && loops.headedBy(block) != null;
      if (inner || !(block.end() instanceof End.Jump || block.end() instanceof End.Compare)) {
        return false;
      }
      for (Instr instr : block.body()) {
        if (instr.op() == Op.W_ALLOC || instr.op() == Op.POP_TRAP) {
          return false;
        }
      }
    }
    return length <= LONGEST;
  }

  private boolean change(Loops.Loop loop, Set<Block> seen) {
    moved.clear();
    Block before = null;
    Block latch = null;
    for (Block block : cfg.predecessors(loop.header())) {
      if (loop.blocks().contains(block) ? latch != null : before != null) {
        return false;
      }
      if (loop.blocks().contains(block)) {
        latch = block;
      } else {
        before = block;
      }
    }
    if (before == null || before.end() instanceof End.PushTrap) {
      return false;
    }
    Edge entry = edge(before, loop.header());
    Edge back = edge(latch, loop.header());
    TurnCount count = new TurnCount(function, loop, entry, back, definitions, home);
    Block header = null;
    if (latch.end() instanceof End.Compare test
        && outside(loop, test) != null
        && count.atEnd(test)) {
      header = testAtEnd(loop, latch, back, outside(loop, test));
    } else if (loop.header().end() instanceof End.Compare test
        && outside(loop, test) != null
        && count.atBeginning(test)) {
      header = testAtBeginning(loop, test);
    }
    if (header == null) {
      return false;
    }
    seen.add(header);
    repeat(before, loop.header(), count, new Edge(header, entry.args()));
    dropCounter(header, back, count.counter());
    return true;
  }

  private static Edge edge(Block from, Block to) {
    return from.end().edges().stream().filter(e -> e.target() == to).findFirst().orElseThrow();
  }

  /** The way out, if the other way stays inside; else null. */
  private static Edge outside(Loops.Loop loop, End.Compare test) {
    boolean yes = loop.blocks().contains(test.ifTrue().target());
    boolean no = loop.blocks().contains(test.ifFalse().target());
    return yes == no ? null : yes ? test.ifFalse() : test.ifTrue();
  }

  /** Makes the count in front of the loop. */
  private void repeat(Block before, Block old, TurnCount count, Edge entry) {
    Block in = before;
    if (!(before.end() instanceof End.Jump)) {
      in = function.newBlock();
      function.blocks().add(in);
      Block begin = in;
      before.setEnd(
          before.end().map(v -> v, edge -> edge.target() == old ? new Edge(begin) : edge));
    }
    for (Var var : moved) {
      home.get(var).body().remove(definitions.get(var));
      in.body().add(definitions.get(var));
    }
    in.setEnd(new End.Repeat(count.turns(), count.write(in), entry));
  }

  /** The test becomes a block of its own in front of the others. */
  private Block testAtEnd(Loops.Loop loop, Block latch, Edge back, Edge exit) {
    Map<Var, Var> carried = carried(loop, latch, back, exit);
    if (carried == null) {
      return null;
    }
    for (Block block : cfg.reversePostorder()) {
      if (behind(block, exit, latch)) {
        block.body().replaceAll(i -> Rewrite.uses(i, v -> carried.getOrDefault(v, v)));
        block.setEnd(
            block
                .end()
                .map(
                    v -> carried.getOrDefault(v, v),
                    edge -> End.mapArgs(edge, v -> carried.getOrDefault(v, v))));
      }
    }
    Block header = function.newBlock();
    function.blocks().add(header);
    header.params().addAll(loop.header().params());
    loop.header().params().clear();
    Edge leave = End.mapArgs(exit, v -> carried.getOrDefault(v, v));
    header.setEnd(new End.Turn(new Edge(loop.header()), leave));
    latch.setEnd(new End.Jump(new Edge(header, back.args())));
    dropConstants(latch);
    return header;
  }

  /** Constants that only the test used. */
  private void dropConstants(Block block) {
    Set<Var> unused = new HashSet<>();
    block.body().stream().filter(Words::isConstant).forEach(instr -> unused.add(instr.dest()));
    function.blocks().forEach(other -> uses(other, unused::remove));
    block.body().removeIf(instr -> unused.contains(instr.dest()));
  }

  /** Whether the block can be reached through the loop's end alone. */
  private boolean behind(Block block, Edge exit, Block latch) {
    return cfg.predecessors(exit.target()).equals(List.of(latch))
        && cfg.dominates(exit.target(), block);
  }

  /**
   * The parameters that have the values of the loop's last turn behind it; null if it takes others from the loop.
   */
  private Map<Var, Var> carried(Loops.Loop loop, Block latch, Edge back, Edge exit) {
    Map<Var, Var> parameters = new HashMap<>();
    for (int i = 0; i < back.args().length; i++) {
      parameters.put(back.args()[i], loop.header().params().get(i));
    }
    boolean[] missing = {false};
    Consumer<Var> outside = var -> missing[0] |= !same(loop, var);
    Consumer<Var> later =
        var -> {
          if (!parameters.containsKey(var)) {
            outside.accept(var);
          }
        };
    List.of(exit.args()).forEach(later);
    for (Block block : cfg.reversePostorder()) {
      if (loop.blocks().contains(block)) {
        continue;
      }
      if (behind(block, exit, latch)) {
        uses(block, later);
      } else if (!leftEarly(loop, block, exit)) {
        uses(block, outside);
      }
    }
    parameters.keySet().removeIf(var -> !loop.blocks().contains(home.get(var)));
    parameters.keySet().removeAll(moved);
    return missing[0] ? null : parameters;
  }

  /** Whether the variable has one value in all turns; what is made in the loop can then be made in front of it. */
  private boolean same(Loops.Loop loop, Var var) {
    if (!loop.blocks().contains(home.get(var)) || moved.contains(var)) {
      return true;
    }
    Instr made = definitions.get(var);
    boolean moves =
        made != null
            && Words.movable(made)
            && Words.speculative(made)
            && List.of(made.args()).stream().allMatch(arg -> same(loop, arg));
    return moves && moved.add(var);
  }

  /** Whether every way to the block leaves the loop by a certain edge, which is not at its end. */
  private boolean leftEarly(Loops.Loop loop, Block block, Edge exit) {
    for (Block at = block; at != null; at = cfg.dominator(at)) {
      List<Block> from = cfg.predecessors(at);
      if (from.size() == 1 && loop.blocks().contains(from.get(0))) {
        return at != exit.target() && !loop.blocks().contains(at);
      }
    }
    return false;
  }

  private static void uses(Block block, Consumer<Var> use) {
    block.body().forEach(instr -> List.of(instr.args()).forEach(use));
    block.end().uses().forEach(use);
    block.end().edges().forEach(edge -> List.of(edge.args()).forEach(use));
  }

  /** The header has nothing but the test, and constants for it and for the way out. */
  private Block testAtBeginning(Loops.Loop loop, End.Compare test) {
    Block header = loop.header();
    Edge exit = outside(loop, test);
    Edge body = exit == test.ifTrue() ? test.ifFalse() : test.ifTrue();
    Set<Var> constants = new HashSet<>();
    for (Instr instr : header.body()) {
      if (!Words.isConstant(instr)) {
        return null;
      }
      constants.add(instr.dest());
    }
    for (Block block : cfg.reversePostorder()) {
      boolean[] used = {false};
      if (block != header) {
        uses(block, var -> used[0] |= constants.contains(var));
      }
      if (used[0]) {
        return null;
      }
    }
    if (body.target() == header || List.of(body.args()).stream().anyMatch(constants::contains)) {
      return null;
    }
    List<Instr> kept = new ArrayList<>(header.body());
    kept.removeIf(instr -> !List.of(exit.args()).contains(instr.dest()));
    header.body().clear();
    if (kept.isEmpty()) {
      header.setEnd(new End.Turn(body, exit));
    } else {
      Block out = function.newBlock();
      function.blocks().add(out);
      out.body().addAll(kept);
      out.setEnd(new End.Jump(exit));
      header.setEnd(new End.Turn(body, new Edge(out)));
    }
    return header;
  }

  /** A number that only counted is not needed any more. */
  private void dropCounter(Block header, Edge back, Var counter) {
    int index = header.params().indexOf(counter);
    Instr step = definitions.get(back.args()[index]);
    int[] used = {0};
    Cfg now = new Cfg(function);
    for (Block block : now.reversePostorder()) {
      uses(block, var -> used[0] += var == counter || var == step.dest() ? 1 : 0);
    }
    if (used[0] > 2) {
      return;
    }
    home.get(step.dest()).body().remove(step);
    header.params().remove(index);
    for (Block block : now.predecessors(header)) {
      block.setEnd(
          block.end().map(v -> v, edge -> edge.target() == header ? without(edge, index) : edge));
    }
  }

  private static Edge without(Edge edge, int index) {
    List<Var> args = new ArrayList<>(List.of(edge.args()));
    args.remove(index);
    return new Edge(edge.target(), args.toArray(Var[]::new));
  }
}
