// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.lower;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import mirage.backend.ir.Bits;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Var;

/** Arithmetic on tagged integers, with as few instructions as the tags allow. */
final class IntegerLowering {
  private final BlockEmitter out;
  private final UnaryOperator<Var> use;
  private final Function<Var, Integer> number;

  /**
   * @param use the operand, made here if it is a constant
   * @param number the operand's value if it is a constant, else null
   */
  IntegerLowering(BlockEmitter out, UnaryOperator<Var> use, Function<Var, Integer> number) {
    this.out = out;
    this.use = use;
    this.number = number;
  }

  void lower(Instr instr) {
    Var a = instr.arg(0);
    Var b = instr.args().length > 1 ? instr.arg(1) : null;
    Var dest = instr.dest();
    switch (instr.op()) {
      case NEG -> out.into(dest, Op.W_SUB, null, out.constant(2), use.apply(a));
      case ADD -> add(dest, a, b);
      case SUB -> subtract(dest, a, b);
      case MUL -> multiply(dest, a, b);
      case DIV -> divide(dest, Op.W_QUOS, a, b);
      case MOD -> divide(dest, Op.W_REMS, a, b);
      case AND -> out.into(dest, Op.W_AND, null, use.apply(a), use.apply(b));
      case OR -> out.into(dest, Op.W_OR, null, use.apply(a), use.apply(b));
      case XOR -> {
        // Of two tagged words the tags cancel; of a tagged word and an untagged constant they do
        // not.
        if (number.apply(b) != null) {
          out.into(dest, Op.W_XOR, null, use.apply(a), out.constant(number.apply(b) << 1));
        } else {
          Var bits = out.word(Op.W_XOR, null, use.apply(a), use.apply(b));
          out.into(dest, Op.W_ADDI, 1, bits);
        }
      }
      case LSL -> shiftLeft(dest, a, b);
      case LSR -> shiftRight(dest, Op.W_SHRI, Op.W_SHR, a, b);
      default -> shiftRight(dest, Op.W_SARI, Op.W_SAR, a, b);
    }
  }

  private void add(Var dest, Var a, Var b) {
    Integer n = number.apply(b);
    Integer m = number.apply(a);
    if (n != null) {
      out.into(dest, Op.W_ADDI, 2 * n, use.apply(a));
    } else if (m != null) {
      out.into(dest, Op.W_ADDI, 2 * m, use.apply(b));
    } else {
      out.into(dest, Op.W_ADDI, -1, out.word(Op.W_ADD, null, use.apply(a), use.apply(b)));
    }
  }

  private void subtract(Var dest, Var a, Var b) {
    Integer n = number.apply(b);
    Integer m = number.apply(a);
    if (n != null) {
      out.into(dest, Op.W_ADDI, -2 * n, use.apply(a));
    } else if (m != null) {
      out.into(dest, Op.W_SUB, null, out.constant(2 * m + 2), use.apply(b));
    } else {
      out.into(dest, Op.W_ADDI, 1, out.word(Op.W_SUB, null, use.apply(a), use.apply(b)));
    }
  }

  private void multiply(Var dest, Var a, Var b) {
    if (number.apply(a) != null && number.apply(b) == null) {
      multiply(dest, b, a);
      return;
    }
    Var twice = out.word(Op.W_ADDI, -1, use.apply(a));
    Integer n = number.apply(b);
    Var product;
    if (n != null && n > 0 && Integer.bitCount(n) == 1) {
      int shift = Integer.numberOfTrailingZeros(n);
      product = shift == 0 ? twice : out.word(Op.W_SHLI, shift, twice);
    } else {
      product = out.word(Op.W_MUL, null, twice, untag(b));
    }
    out.into(dest, Op.W_ADDI, 1, product);
  }

  private void divide(Var dest, Op op, Var a, Var b) {
    Integer n = number.apply(b);
    Var divisor = untag(b);
    if (n == null || n == 0) {
      out.effect(Op.W_CHECK_DIVISOR, null, divisor);
    }
    tag(dest, out.word(op, null, untag(a), divisor));
  }

  private void shiftLeft(Var dest, Var a, Var b) {
    Var bits = out.word(Op.W_ADDI, -1, use.apply(a));
    Integer n = number.apply(b);
    if (n == null) {
      bits = out.word(Op.W_SHL, null, bits, untag(b));
    } else if (n > 0) {
      bits = out.word(Op.W_SHLI, n & 31, bits);
    }
    out.into(dest, Op.W_ADDI, 1, bits);
  }

  private void shiftRight(Var dest, Op byNumber, Op byVariable, Var a, Var b) {
    Integer n = number.apply(b);
    if (n != null && n >= 0 && n < 31) {
      int shift = n + 1;
      Var bits =
          byNumber == Op.W_SHRI && shift > 15
              ? out.word(Op.W_EXTUI, new Bits(shift, 32 - shift), use.apply(a))
              : out.word(byNumber, shift, use.apply(a));
      tag(dest, bits);
    } else {
      Var shifted = out.word(byVariable, null, use.apply(a), untag(b));
      out.into(dest, Op.W_OR, null, shifted, out.constant(1));
    }
  }

  private Var untag(Var var) {
    Integer n = number.apply(var);
    return n != null ? out.constant(n) : out.word(Op.W_SARI, 1, use.apply(var));
  }

  private void tag(Var dest, Var word) {
    out.into(dest, Op.W_ADDI, 1, out.word(Op.W_SHLI, 1, word));
  }
}
