// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mirage.backend.ir.Block;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Pass;
import mirage.backend.ir.Program;
import mirage.backend.ir.Type;
import mirage.backend.ir.Var;

/**
 * Leads edges past blocks that do nothing but decide: a branch on a value that is known on the edge is taken on the edge
 * itself. So conditions made of others become branches, without truth values in between.
 */
public final class ThreadJumps implements Pass {
  @Override
  public String name() {
    return "thread";
  }

  @Override
  public void run(Program program) {
    program.functions().forEach(function -> new Run(function).run());
  }

  private static final class Run {
    private final Function function;
    private final Map<Var, Instr> made = new HashMap<>();
    private final Set<Block> open = new LinkedHashSet<>();

    Run(Function function) {
      this.function = function;
    }

    void run() {
      collect();
      function.blocks().stream().filter(block -> !open.contains(block)).forEach(this::know);
      boolean changed = true;
      for (int round = 0; changed && round < 8; round++) {
        changed = false;
        for (Block block : function.blocks()) {
          boolean[] moved = new boolean[1];
          if (!(block.end() instanceof End.PushTrap)) {
            block.setEnd(block.end().map(v -> v, edge -> past(edge, moved)));
          }
          changed |= moved[0];
        }
      }
      // Only now: they are passed by no more when they have instructions.
      open.forEach(this::know);
    }

    private void know(Block block) {
      if (block.end() instanceof End.Branch branch) {
        Edge yes = knowing(block, branch.ifTrue(), branch.condition(), true);
        Edge no = knowing(block, branch.ifFalse(), branch.condition(), false);
        block.setEnd(new End.Branch(branch.condition(), yes, no));
      }
    }

    /** Finds blocks without instructions whose parameters nothing outside them uses. */
    private void collect() {
      Map<Var, Block> home = new HashMap<>();
      Set<Block> used = new HashSet<>();
      for (Block block : function.blocks()) {
        block.params().forEach(param -> home.put(param, block));
        block.body().stream().filter(i -> i.dest() != null).forEach(i -> made.put(i.dest(), i));
      }
      for (Block block : function.blocks()) {
        for (Instr instr : block.body()) {
          for (Var arg : instr.args()) {
            used.add(home.get(arg));
          }
        }
        for (Var arg : block.end().uses()) {
          outside(block, home.get(arg), used);
        }
        for (Edge edge : block.end().edges()) {
          for (Var arg : edge.args()) {
            outside(block, home.get(arg), used);
          }
        }
      }
      for (Block block : function.blocks()) {
        boolean decides = block.end() instanceof End.Branch || block.end() instanceof End.Jump;
        if (block.body().isEmpty()
            && decides
            && !used.contains(block)
            && block != function.entry()) {
          open.add(block);
        }
      }
    }

    private static void outside(Block user, Block home, Set<Block> used) {
      if (home != user) {
        used.add(home);
      }
    }

    /** The edge with the condition's value in place of the condition. */
    private Edge knowing(Block block, Edge edge, Var condition, boolean truth) {
      Instr definition = made.get(condition);
      if (!List.of(edge.args()).contains(condition) || truth && !isTruth(definition)) {
        return edge;
      }
      Var value = function.newVar(Type.VALUE);
      Instr constant = Instr.of(Op.INT, value, truth ? 1 : 0, -1);
      made.put(value, constant);
      block.body().add(constant);
      Var[] args = edge.args().clone();
      for (int i = 0; i < args.length; i++) {
        args[i] = args[i] == condition ? value : args[i];
      }
      return new Edge(edge.target(), args);
    }

    private static boolean isTruth(Instr definition) {
      return definition != null
          && switch (definition.op()) {
            case EQ, NE, LT, LE, GT, GE, ULT, UGE, NOT, IS_INT -> true;
            default -> false;
          };
    }

    private Edge past(Edge edge, boolean[] moved) {
      Block at = edge.target();
      if (!open.contains(at)) {
        return edge;
      }
      Edge next = null;
      if (at.end() instanceof End.Jump jump) {
        next = jump.to();
      } else if (at.end() instanceof End.Branch branch) {
        Instr value = made.get(argument(at, edge, branch.condition()));
        if (value != null && value.op() == Op.INT) {
          next = value.intImm() != 0 ? branch.ifTrue() : branch.ifFalse();
        }
      }
      if (next == null || next.target() == at) {
        return edge;
      }
      moved[0] = true;
      return End.mapArgs(next, arg -> argument(at, edge, arg));
    }

    /** What a variable of the block passed by is on the edge. */
    private static Var argument(Block block, Edge edge, Var var) {
      int index = block.params().indexOf(var);
      return index < 0 ? var : edge.args()[index];
    }
  }
}
