// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.word;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
import mirage.backend.ir.Rewrite;
import mirage.backend.ir.Var;
import mirage.backend.machine.target.Addresses;
import mirage.backend.machine.target.Definitions;
import mirage.backend.machine.target.Words;

/**
 * Simplifies operations on words, does each only once where one result serves all (going down the tree of dominators),
 * and drops those nobody needs.
 */
public final class Simplify {
  private final Function function;
  private final Cfg cfg;
  private final WordValues values = new WordValues();
  private final Addresses addresses;
  private final WordRules rules;
  private final ComparisonRules comparisons = new ComparisonRules(values);
  private final Map<Object, Var> available = new HashMap<>();
  private final Deque<Object> added = new ArrayDeque<>();
  private int epoch;

  private Simplify(Function function) {
    this.function = function;
    this.cfg = new Cfg(function);
    this.addresses = Addresses.of(cfg, Definitions.of(cfg));
    this.rules = new WordRules(function, values, addresses);
  }

  public static void function(Function function) {
    Simplify simplify = new Simplify(function);
    simplify.walk();
    Rewrite.uses(function, simplify.values::resolve);
    removeUnused(function);
  }

  private record Step(Block block, int mark) {}

  private void walk() {
    Map<Block, List<Block>> children = new HashMap<>();
    for (Block block : cfg.reversePostorder()) {
      Block above = cfg.dominator(block);
      if (above != null) {
        children.computeIfAbsent(above, b -> new ArrayList<>()).add(block);
      }
    }
    Deque<Step> todo = new ArrayDeque<>();
    todo.push(new Step(function.entry(), -1));
    while (!todo.isEmpty()) {
      Step step = todo.pop();
      if (step.mark() >= 0) {
        while (added.size() > step.mark()) {
          available.remove(added.pop());
        }
      } else {
        todo.push(new Step(step.block(), added.size()));
        block(step.block());
        children.getOrDefault(step.block(), List.of()).forEach(b -> todo.push(new Step(b, -1)));
      }
    }
  }

  private void block(Block block) {
    epoch++;
    List<Instr> body = new ArrayList<>();
    for (Instr old : block.body()) {
      Instr instr = rules.simpler(Rewrite.uses(old, values::resolve), body);
      if (instr == null) {
        continue;
      }
      boolean check = instr.op() == Op.W_CHECK_BOUND || instr.op() == Op.W_CHECK_DIVISOR;
      if (Words.movable(instr) || check) {
        Object key = key(instr);
        Var known = available.get(key);
        if (known != null && (check || Words.replaces(known, instr.dest()))) {
          if (!check) {
            values.same(instr.dest(), known);
          }
          continue;
        }
        if (known == null) {
          available.put(key, check ? instr.arg(0) : instr.dest());
          added.push(key);
        }
      }
      if (instr.op().has(Op.Trait.COLLECTS)) {
        epoch++;
      }
      values.define(instr);
      body.add(instr);
    }
    block.body().clear();
    block.body().addAll(body);
    block.setEnd(
        comparisons.simpler(
            block.end().map(values::resolve, e -> End.mapArgs(e, values::resolve))));
  }

  private record Key(Op op, Object imm, List<Object> args, int epoch) {}

  private Object key(Instr instr) {
    List<Object> args = new ArrayList<>();
    for (Var arg : instr.args()) {
      Instr made = values.made(arg);
      args.add(made != null && Words.isConstant(made) ? made.imm() : arg);
    }
    return new Key(instr.op(), instr.imm(), args, addresses.pointsInside(instr) ? epoch : 0);
  }

  private static void removeUnused(Function function) {
    Map<Var, Instr> made = new HashMap<>();
    Set<Var> needed = new HashSet<>();
    Deque<Var> todo = new ArrayDeque<>();
    for (Block block : function.blocks()) {
      for (Instr instr : block.body()) {
        if (instr.dest() != null) {
          made.put(instr.dest(), instr);
        }
        if (!instr.op().removable()) {
          todo.addAll(List.of(instr.args()));
        }
      }
      todo.addAll(block.end().uses());
      for (Edge edge : block.end().edges()) {
        todo.addAll(List.of(edge.args()));
      }
    }
    while (!todo.isEmpty()) {
      Var var = todo.pop();
      if (needed.add(var) && made.containsKey(var)) {
        todo.addAll(List.of(made.get(var).args()));
      }
    }
    for (Block block : function.blocks()) {
      block.body().removeIf(i -> i.op().removable() && !needed.contains(i.dest()));
    }
  }
}
