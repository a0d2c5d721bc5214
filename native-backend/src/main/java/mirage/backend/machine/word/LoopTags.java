// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.word;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mirage.backend.ir.Block;
import mirage.backend.ir.Edge;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Type;
import mirage.backend.ir.Var;
import mirage.backend.machine.target.Loops;

/**
 * Takes tags off in front of a loop in place of in each turn: off the address of an array instead of an index, where
 * nothing is collected; off a number that stays the same instead of a sum with it.
 */
final class LoopTags {
  private final Function function;
  private final Loops.Loop loop;
  private final Block before;
  private final Map<Var, Block> home;
  private final Map<Var, Instr> definitions;
  private final Map<Var, Var> shifted = new HashMap<>();

  LoopTags(
      Function function,
      Loops.Loop loop,
      Block before,
      Map<Var, Block> home,
      Map<Var, Instr> definitions) {
    this.function = function;
    this.loop = loop;
    this.before = before;
    this.home = home;
    this.definitions = definitions;
  }

  /** Sums of OCaml integers, one of which is the same in each turn. */
  void sums() {
    Set<Var> replaced = new HashSet<>();
    for (Block block : loop.blocks()) {
      List<Instr> body = block.body();
      for (int i = 0; i < body.size(); i++) {
        Instr sum = body.get(i).op() == Op.W_ADDI ? definitions.get(body.get(i).arg(0)) : null;
        if (sum != null && body.get(i).intImm() == -1 && isIntegerSum(body.get(i), sum)) {
          boolean first = !inside(sum.arg(0));
          Var same = sum.arg(first ? 0 : 1);
          Var turn = sum.arg(first ? 1 : 0);
          Instr made = body.get(i);
          Var without = shifted(same, -1, made.pc());
          Instr direct = Instr.of(Op.W_ADD, made.dest(), null, made.pc(), turn, without);
          body.set(i, direct);
          definitions.put(direct.dest(), direct);
          replaced.add(sum.dest());
        }
      }
    }
    if (!replaced.isEmpty()) {
      dropUses(replaced, instr -> List.of(instr.args()));
      loop.blocks().forEach(b -> b.body().removeIf(i -> replaced.contains(i.dest())));
    }
  }

  /** Takes out of a set what is used, where an instruction's uses are told by {@code uses}. */
  private void dropUses(Set<Var> set, java.util.function.Function<Instr, List<Var>> uses) {
    for (Block block : function.blocks()) {
      for (Instr instr : block.body()) {
        uses.apply(instr).forEach(set::remove);
      }
      block.end().uses().forEach(set::remove);
      for (Edge edge : block.end().edges()) {
        List.of(edge.args()).forEach(set::remove);
      }
    }
  }

  private boolean isIntegerSum(Instr made, Instr sum) {
    return sum.op() == Op.W_ADD
        && made.dest().type() == Type.VALUE
        && inside(sum.dest())
        && sum.arg(0).type() == Type.VALUE
        && sum.arg(1).type() == Type.VALUE
        && inside(sum.arg(0)) != inside(sum.arg(1));
  }

  void items() {
    Set<Var> indices = indices();
    if (indices.isEmpty()) {
      return;
    }
    for (Block block : loop.blocks()) {
      List<Instr> body = new ArrayList<>();
      for (Instr instr : block.body()) {
        if (isItem(instr) && indices.contains(instr.arg(0))) {
          Var index = definitions.get(instr.arg(0)).arg(0);
          body.add(instr.withArgs(index, shifted(instr.arg(1), -2, instr.pc())));
        } else if (!indices.contains(instr.dest())) {
          body.add(instr);
        }
      }
      block.body().clear();
      block.body().addAll(body);
    }
  }

  private boolean inside(Var var) {
    return loop.blocks().contains(home.get(var));
  }

  private boolean isItem(Instr instr) {
    return instr.op() == Op.W_ADDX2 && !inside(instr.arg(1));
  }

  /** Numbers one less than an index, made in the loop, that only addresses of items in the loop are made of. */
  private Set<Var> indices() {
    Set<Var> found = new HashSet<>();
    for (Block block : loop.blocks()) {
      for (Instr instr : block.body()) {
        Instr index = isItem(instr) ? definitions.get(instr.arg(0)) : null;
        if (index != null
            && index.op() == Op.W_ADDI
            && index.intImm() == -1
            && inside(index.dest())
            && inside(index.arg(0))) {
          found.add(index.dest());
        }
      }
    }
    if (found.isEmpty()) {
      return found;
    }
    dropUses(found, this::otherThanIndex);
    return found;
  }

  private List<Var> otherThanIndex(Instr instr) {
    List<Var> args = List.of(instr.args());
    boolean item = isItem(instr) && loop.blocks().contains(home.get(instr.dest()));
    return item ? args.subList(1, args.size()) : args;
  }

  private Var shifted(Var same, int by, int pc) {
    return shifted.computeIfAbsent(
        same,
        var -> {
          Var made = function.newVar(Type.WORD);
          Instr instr = Instr.of(Op.W_ADDI, made, by, pc, var);
          before.body().add(instr);
          home.put(made, before);
          definitions.put(made, instr);
          return made;
        });
  }
}
