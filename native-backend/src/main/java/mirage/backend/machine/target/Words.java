// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.target;

import mirage.backend.ir.Bits;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Var;

/** What optimisations have to know of operations on words. */
public final class Words {
  private Words() {}

  /** Whether the operation may be done once instead of twice, or earlier. */
  public static boolean movable(Instr instr) {
    return instr.dest() != null
        && instr.op().effect() == Op.Effect.PURE
        && !instr.op().has(Op.Trait.PINNED);
  }

  /** Whether it is harmless even where the program would not come to it. */
  public static boolean speculative(Instr instr) {
    return !instr.op().has(Op.Trait.FAULTS);
  }

  /** Whether the variable is better made again than kept in the frame. */
  public static boolean isConstant(Instr definition) {
    return definition != null && (definition.op() == Op.W_CONST || definition.op() == Op.W_SYMBOL);
  }

  /** Whether the word is sure to fit into an OCaml integer. */
  public static boolean fits31(Instr definition) {
    if (definition == null) {
      return false;
    }
    return switch (definition.op()) {
      case W_LOAD8, W_LOAD16, W_BYTES, W_BYTES_ANY, W_FLAG -> true;
      case W_SARI -> true;
      case W_SHRI -> definition.intImm() > 1;
      case W_EXTUI -> ((Bits) definition.imm()).count() < 31;
      default -> false;
    };
  }

  /** Whether one variable may stand for another. */
  public static boolean replaces(Var by, Var old) {
    return by.type() == old.type();
  }
}
