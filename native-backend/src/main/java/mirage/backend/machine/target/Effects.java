// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.target;

import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;

/** What register allocation has to know of machine operations. */
public final class Effects {
  private Effects() {}

  /** Whether no register keeps its value: calls. Their arguments go to fixed registers from wherever they are. */
  public static boolean clobbers(Instr instr) {
    return switch (instr.op()) {
      case W_CALL, W_CALL_REGISTER, W_C_CALL -> true;
      default -> false;
    };
  }

  /** Whether the collector may run, or an exception be raised by C code. */
  public static boolean collects(Instr instr) {
    return switch (instr.op()) {
      case W_CALL, W_CALL_REGISTER, W_C_CALL, W_ALLOC, W_CHECK_DIVISOR, W_CHECK_BOUND -> true;
      default -> false;
    };
  }

  /** Whether what {@link #collects} is the making of an exception, and else nothing happens. */
  public static boolean raisesOnly(Instr instr) {
    return instr.op() == Op.W_CHECK_DIVISOR || instr.op() == Op.W_CHECK_BOUND;
  }

  /** Whether the result must not share a register with an argument. */
  public static boolean resultApart(Instr instr) {
    return switch (instr.op()) {
      case W_TEST, W_FLAG, W_IF_ZERO, W_ALLOC, W_SHL, W_SHR, W_SAR, W_HIGH, UNBOX_ANY, W_SWAP ->
          true;
      default -> false;
    };
  }

  /** Whether the variable is better made again than kept in the frame. */
  public static boolean isConstant(Instr definition) {
    return definition != null && (definition.op() == Op.W_CONST || definition.op() == Op.W_SYMBOL);
  }
}
