// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.word;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mirage.backend.ir.Block;
import mirage.backend.ir.Cfg;
import mirage.backend.ir.Condition;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Type;
import mirage.backend.ir.Var;
import mirage.backend.machine.target.Definitions;
import mirage.backend.machine.target.Immediates;
import mirage.backend.machine.target.Loops;

/**
 * A for loop compares its counter with the limit, then counts. Compares the number counted to with the next limit instead, so
 * that both numbers can be in one register.
 */
public final class LatchTests {
  private final Function function;
  private final Cfg cfg;
  private final Map<Var, Block> home;
  private final Map<Var, Instr> definitions;

  private LatchTests(Function function) {
    this.function = function;
    this.cfg = new Cfg(function);
    Definitions made = Definitions.of(cfg);
    this.definitions = made.instructions();
    this.home = made.homes();
  }

  public static void function(Function function) {
    new LatchTests(function).run();
  }

  private void run() {
    Loops loops = new Loops(cfg);
    for (Block header : cfg.reversePostorder()) {
      Loops.Loop loop = loops.headedBy(header);
      if (loop != null) {
        loop.blocks().forEach(block -> latch(loop, block));
      }
    }
  }

  private void latch(Loops.Loop loop, Block block) {
    if (!(block.end() instanceof End.Compare compare)) {
      return;
    }
    Condition condition = compare.condition();
    if (condition.test() != Condition.Test.EQ && condition.test() != Condition.Test.NE) {
      return;
    }
    for (Instr instr : block.body()) {
      int index = instr.op() == Op.W_ADDI ? compare.args().indexOf(instr.arg(0)) : -1;
      if (index >= 0 && counts(block, instr)) {
        End changed = changed(loop, block, compare, index, instr);
        if (changed != null) {
          block.setEnd(changed);
          return;
        }
      }
    }
  }

  /** Whether the next number, and not this one, goes on from the block. */
  private static boolean counts(Block block, Instr next) {
    Set<Var> passed = new HashSet<>();
    for (Edge edge : block.end().edges()) {
      passed.addAll(List.of(edge.args()));
    }
    int from = block.body().indexOf(next) + 1;
    for (Instr later : block.body().subList(from, block.body().size())) {
      if (List.of(later.args()).contains(next.arg(0))) {
        return false;
      }
    }
    return next.dest().type() == Type.VALUE
        && next.arg(0).type() == Type.VALUE
        && passed.contains(next.dest())
        && !passed.contains(next.arg(0));
  }

  private End changed(Loops.Loop loop, Block block, End.Compare compare, int index, Instr next) {
    int step = next.intImm();
    Condition condition = compare.condition();
    List<Var> args = new ArrayList<>(compare.args());
    args.set(index, next.dest());
    if (condition.number() != null) {
      int limit = condition.number() + step;
      if (Immediates.compares(condition.test(), limit)) {
        condition = Condition.of(condition.test(), limit);
      } else {
        condition = Condition.of(condition.test());
        args.add(constant(block, limit, next.pc()));
      }
      return new End.Compare(condition, args, compare.ifTrue(), compare.ifFalse());
    }
    Var limit = args.get(1 - index);
    Instr made = definitions.get(limit);
    if (made != null && made.op() == Op.W_CONST) {
      args.set(1 - index, constant(block, made.intImm() + step, next.pc()));
    } else if (limit.type() == Type.VALUE && !loop.blocks().contains(home.get(limit))) {
      Var sum = function.newVar(Type.VALUE);
      block.body().add(Instr.of(Op.W_ADDI, sum, step, next.pc(), limit));
      home.put(sum, block);
      args.set(1 - index, sum);
    } else {
      return null;
    }
    return new End.Compare(condition, args, compare.ifTrue(), compare.ifFalse());
  }

  private Var constant(Block block, int number, int pc) {
    Var var = function.newVar(Type.WORD);
    block.body().add(Instr.of(Op.W_CONST, var, number, pc));
    home.put(var, block);
    return var;
  }
}
