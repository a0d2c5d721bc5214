// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import mirage.backend.ir.Op;

/** OCaml's integers of 31 bits, for what is known when the program is compiled. */
final class IntegerMath {
  private IntegerMath() {}

  /** The result, sign-extended; null when it is not defined or an exception. */
  static Integer evaluate(Op op, int a, int b) {
    return switch (op) {
      case NEG -> wrap(-a);
      case NOT -> 1 - a;
      case ADD -> wrap(a + b);
      case SUB -> wrap(a - b);
      case MUL -> wrap(a * b);
      case DIV -> b == 0 ? null : (Integer) wrap(a / b);
      case MOD -> b == 0 ? null : (Integer) wrap(a % b);
      case AND -> a & b;
      case OR -> a | b;
      case XOR -> a ^ b;
      case LSL -> b < 0 || b > 30 ? null : (Integer) wrap(a << b);
      case LSR -> b < 0 || b > 30 ? null : (Integer) wrap((a & 0x7FFFFFFF) >>> b);
      case ASR -> b < 0 || b > 30 ? null : (Integer) (a >> b);
      case EQ -> a == b ? 1 : 0;
      case NE -> a != b ? 1 : 0;
      case LT -> a < b ? 1 : 0;
      case LE -> a <= b ? 1 : 0;
      case GT -> a > b ? 1 : 0;
      case GE -> a >= b ? 1 : 0;
      case ULT -> Integer.compareUnsigned(a, b) < 0 ? 1 : 0;
      case UGE -> Integer.compareUnsigned(a, b) >= 0 ? 1 : 0;
      default -> null;
    };
  }

  private static int wrap(int value) {
    return value << 1 >> 1;
  }
}
