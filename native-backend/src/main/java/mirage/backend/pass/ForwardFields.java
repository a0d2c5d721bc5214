// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import mirage.backend.ir.Block;
import mirage.backend.ir.Captured;
import mirage.backend.ir.Edge;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Pass;
import mirage.backend.ir.Program;
import mirage.backend.ir.Rewrite;
import mirage.backend.ir.Sibling;
import mirage.backend.ir.Var;

/**
 * Within a function, reads of captured variables of a closure made there, and of fields of a block made there that
 * nothing else sees, become the variables themselves.
 */
public final class ForwardFields implements Pass {
  @Override
  public String name() {
    return "forward";
  }

  @Override
  public void run(Program program) {
    program.functions().forEach(function -> new Run(function).run());
  }

  private static final class Run {
    private final Function function;
    private final Map<Var, Instr> made = new HashMap<>();
    private final Set<Var> seen = new HashSet<>();
    private final Map<Var, Var> same = new HashMap<>();

    Run(Function function) {
      this.function = function;
    }

    void run() {
      for (Block block : function.blocks()) {
        for (Instr instr : block.body()) {
          switch (instr.op()) {
            case BLOCK, CLOSURES, SIBLING -> made.put(instr.dest(), instr);
            default -> {}
          }
          if (instr.op() != Op.FIELD) {
            seen.addAll(java.util.List.of(instr.args()));
          }
        }
        seen.addAll(block.end().uses());
        for (Edge edge : block.end().edges()) {
          seen.addAll(java.util.List.of(edge.args()));
        }
      }
      for (Block block : function.blocks()) {
        for (Instr instr : block.body()) {
          Var value = value(instr);
          if (value != null) {
            same.put(instr.dest(), value);
          }
        }
      }
      if (!same.isEmpty()) {
        for (Block block : function.blocks()) {
          block.body().removeIf(instr -> same.containsKey(instr.dest()));
        }
        Rewrite.uses(function, this::resolve);
      }
    }

    private Var resolve(Var var) {
      Var value = var;
      while (same.containsKey(value)) {
        value = same.get(value);
      }
      return value;
    }

    private Var value(Instr instr) {
      if (instr.op() == Op.FIELD && !seen.contains(instr.arg(0))) {
        Instr block = made.get(instr.arg(0));
        boolean inside =
            block != null && block.op() == Op.BLOCK && instr.intImm() < block.args().length;
        return inside ? block.arg(instr.intImm()) : null;
      } else if (instr.op() == Op.CAPTURED) {
        Captured captured = (Captured) instr.imm();
        Instr closure = closure(instr.arg(0));
        boolean known = closure != null && closure.imm() == captured.set();
        return known ? closure.arg(captured.index()) : null;
      } else if (instr.op() == Op.SIBLING && ((Sibling) instr.imm()).to() == 0) {
        Instr closure = closure(instr.arg(0));
        return closure != null && closure.imm() == ((Sibling) instr.imm()).set()
            ? closure.dest()
            : null;
      }
      return null;
    }

    private Instr closure(Var var) {
      Instr instr = made.get(resolve(var));
      if (instr != null && instr.op() == Op.SIBLING) {
        return closure(instr.arg(0));
      }
      return instr != null && instr.op() == Op.CLOSURES ? instr : null;
    }
  }
}
