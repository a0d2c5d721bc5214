// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import java.util.List;
import java.util.function.UnaryOperator;

/** Replaces variables throughout a function. */
public final class Rewrite {
  private Rewrite() {}

  /** Replaces every use; definitions stay. */
  public static void uses(Function function, UnaryOperator<Var> var) {
    for (Block block : function.blocks()) {
      List<Instr> body = block.body();
      for (int i = 0; i < body.size(); i++) {
        body.set(i, uses(body.get(i), var));
      }
      block.setEnd(block.end().map(var, edge -> End.mapArgs(edge, var)));
    }
  }

  /** The instruction with every use replaced; itself when nothing changes. */
  public static Instr uses(Instr instr, UnaryOperator<Var> var) {
    Var[] args = instr.args();
    Var[] changed = null;
    for (int i = 0; i < args.length; i++) {
      Var other = var.apply(args[i]);
      if (other != args[i]) {
        if (changed == null) {
          changed = args.clone();
        }
        changed[i] = other;
      }
    }
    return changed == null ? instr : instr.withArgs(changed);
  }
}
