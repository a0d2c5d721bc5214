// SPDX-License-Identifier: Apache-2.0
package mirage.backend.interpret;

import mirage.backend.ir.Bits;
import mirage.backend.ir.Condition;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;

/** What operations on integers and words compute of their operands. */
final class Words {
  private Words() {}

  /** Whether it is one of those that {@link #evaluate} knows. */
  static boolean computes(Op op) {
    return switch (op) {
      case NEG, ADD, SUB, MUL, AND, OR, XOR, LSL, LSR, ASR, EQ, NE, LT, LE, GT, GE, ULT, UGE, NOT ->
          true;
      case IS_INT, W_ADD, W_ADDI, W_ADDX2, W_ADDX4, W_SUB, W_AND, W_OR, W_XOR, W_SHLI, W_SHRI ->
          true;
      case W_SARI, W_SHL, W_SHR, W_SAR, W_EXTUI, W_FUNNEL, W_MUL, W_MULUH, W_QUOS, W_REMS -> true;
      case W_TEST, W_FLAG, W_IF_ZERO, W_SWAP -> true;
      default -> false;
    };
  }

  static int evaluate(Instr instr, int[] x) {
    return switch (instr.op()) {
      case NEG -> 2 - x[0];
      case ADD -> x[0] + x[1] - 1;
      case SUB -> x[0] - x[1] + 1;
      case MUL -> (x[0] - 1) * (x[1] >> 1) + 1;
      case AND -> x[0] & x[1];
      case OR -> x[0] | x[1];
      case XOR -> (x[0] ^ x[1]) | 1;
      case LSL -> ((x[0] - 1) << (x[1] >> 1)) + 1;
      case LSR -> x[0] >>> (x[1] >> 1) | 1;
      case ASR -> x[0] >> (x[1] >> 1) | 1;
      case EQ -> bool(x[0] == x[1]);
      case NE -> bool(x[0] != x[1]);
      case LT -> bool(x[0] < x[1]);
      case LE -> bool(x[0] <= x[1]);
      case GT -> bool(x[0] > x[1]);
      case GE -> bool(x[0] >= x[1]);
      case ULT -> bool(Integer.compareUnsigned(x[0], x[1]) < 0);
      case UGE -> bool(Integer.compareUnsigned(x[0], x[1]) >= 0);
      case NOT -> 4 - x[0];
      case IS_INT -> bool((x[0] & 1) != 0);
      default -> word(instr, x);
    };
  }

  private static int word(Instr instr, int[] x) {
    return switch (instr.op()) {
      case W_ADD -> x[0] + x[1];
      case W_ADDI -> x[0] + instr.intImm();
      case W_ADDX2 -> 2 * x[0] + x[1];
      case W_ADDX4 -> 4 * x[0] + x[1];
      case W_SUB -> x[0] - x[1];
      case W_AND -> x[0] & x[1];
      case W_OR -> x[0] | x[1];
      case W_XOR -> x[0] ^ x[1];
      case W_SHLI -> x[0] << instr.intImm();
      case W_SHRI -> x[0] >>> instr.intImm();
      case W_SARI -> x[0] >> instr.intImm();
      case W_SHL -> x[0] << x[1];
      case W_SHR -> x[0] >>> x[1];
      case W_SAR -> x[0] >> x[1];
      case W_EXTUI -> {
        Bits bits = (Bits) instr.imm();
        yield x[0] >>> bits.shift() & (bits.count() == 32 ? -1 : (1 << bits.count()) - 1);
      }
      case W_FUNNEL -> x[0] << 32 - instr.intImm() | x[1] >>> instr.intImm();
      case W_MUL -> x[0] * x[1];
      case W_MULUH -> (int) (Integer.toUnsignedLong(x[0]) * Integer.toUnsignedLong(x[1]) >>> 32);
      case W_QUOS -> x[0] / x[1];
      case W_REMS -> x[0] % x[1];
      case W_TEST -> bool(holds((Condition) instr.imm(), x));
      case W_FLAG -> holds((Condition) instr.imm(), x) ? 1 : 0;
      case W_IF_ZERO -> x[2] == 0 ? x[0] : x[1];
      case W_SWAP -> Integer.reverseBytes(x[0]);
      default -> throw new IllegalStateException("no value: " + instr);
    };
  }

  static boolean holds(Condition condition, int[] x) {
    int a = x[0];
    int b = condition.number() == null ? x[1] : condition.number();
    return switch (condition.test()) {
      case EQ -> a == b;
      case NE -> a != b;
      case LT -> a < b;
      case GE -> a >= b;
      case LTU -> Integer.compareUnsigned(a, b) < 0;
      case GEU -> Integer.compareUnsigned(a, b) >= 0;
      case BIT_SET -> (a >>> b & 1) != 0;
      case BIT_CLEAR -> (a >>> b & 1) == 0;
    };
  }

  static int bool(boolean value) {
    return value ? 3 : 1;
  }
}
