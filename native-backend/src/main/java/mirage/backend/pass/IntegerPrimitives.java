// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import java.util.function.Function;
import mirage.backend.ir.Boxed;
import mirage.backend.ir.Condition;
import mirage.backend.ir.Condition.Test;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Var;

/** Boxed integers of 32 and 64 bits. */
final class IntegerPrimitives {
  private final Emit out;
  private final Function<Var, Integer> number;

  /**
   * @param number the value of an OCaml integer that is constant, else null
   */
  IntegerPrimitives(Emit out, Function<Var, Integer> number) {
    this.out = out;
    this.number = number;
  }

  boolean rewrite(String name, Instr instr) {
    if (name.startsWith("caml_int32_")) {
      return word(Boxed.INT32, name.substring("caml_int32_".length()), instr);
    } else if (name.startsWith("caml_nativeint_")) {
      return word(Boxed.NATIVEINT, name.substring("caml_nativeint_".length()), instr);
    } else if (name.startsWith("caml_int64_")) {
      String operation = name.substring("caml_int64_".length());
      return wide(operation, instr) || wideConversion(operation, instr);
    }
    switch (name) {
      case "caml_int_compare" -> order(instr.dest(), instr.arg(0), instr.arg(1));
      case "caml_bswap16" -> {
        Var swapped = out.word(Op.W_SWAP, null, out.untag(instr.arg(0)));
        out.tag(instr.dest(), out.word(Op.W_SHRI, 16, swapped));
      }
      case "caml_sys_const_big_endian" -> out.into(instr.dest(), Op.INT, 0);
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean word(Boxed kind, String operation, Instr instr) {
    Var dest = instr.dest();
    switch (operation) {
      case "add" -> binary(kind, Op.W_ADD, instr);
      case "sub" -> binary(kind, Op.W_SUB, instr);
      case "mul" -> binary(kind, Op.W_MUL, instr);
      case "and" -> binary(kind, Op.W_AND, instr);
      case "or" -> binary(kind, Op.W_OR, instr);
      case "xor" -> binary(kind, Op.W_XOR, instr);
      case "div" -> divide(kind, Op.W_QUOS, instr);
      case "mod" -> divide(kind, Op.W_REMS, instr);
      case "neg" ->
          out.box(dest, kind, out.word(Op.W_SUB, null, out.constant(0), one(kind, instr, 0)));
      case "shift_left" -> shift(kind, Op.W_SHL, Op.W_SHLI, instr);
      case "shift_right" -> shift(kind, Op.W_SAR, Op.W_SARI, instr);
      case "shift_right_unsigned" -> shift(kind, Op.W_SHR, Op.W_SHRI, instr);
      case "bswap" -> out.box(dest, kind, out.word(Op.W_SWAP, null, one(kind, instr, 0)));
      case "of_int" -> out.box(dest, kind, out.untag(instr.arg(0)));
      case "to_int" -> out.tag(dest, one(kind, instr, 0));
      case "of_int32" -> out.box(dest, kind, one(Boxed.INT32, instr, 0));
      case "to_int32" -> out.box(dest, Boxed.INT32, one(kind, instr, 0));
      case "compare" -> order(dest, one(kind, instr, 0), one(kind, instr, 1));
      default -> {
        return false;
      }
    }
    return true;
  }

  private Var one(Boxed kind, Instr instr, int arg) {
    return out.unbox(kind, instr.arg(arg))[0];
  }

  private void binary(Boxed kind, Op op, Instr instr) {
    Var a = one(kind, instr, 0);
    out.box(instr.dest(), kind, out.word(op, null, a, one(kind, instr, 1)));
  }

  private void divide(Boxed kind, Op op, Instr instr) {
    Var a = one(kind, instr, 0);
    Var b = one(kind, instr, 1);
    out.effect(Op.W_CHECK_DIVISOR, null, b);
    out.box(instr.dest(), kind, out.word(op, null, a, b));
  }

  private void shift(Boxed kind, Op byVariable, Op byNumber, Instr instr) {
    Var a = one(kind, instr, 0);
    Integer count = number.apply(instr.arg(1));
    if (count == null) {
      out.box(instr.dest(), kind, out.word(byVariable, null, a, out.untag(instr.arg(1))));
    } else {
      int by = count & 31;
      out.box(instr.dest(), kind, by == 0 ? a : out.word(byNumber, by, a));
    }
  }

  /** The OCaml integer -1, 0 or 1: twice the difference of two truths, and one. */
  private void order(Var dest, Var a, Var b) {
    Var greater = out.word(Op.W_TEST, Condition.of(Test.LT), b, a);
    Var less = out.word(Op.W_TEST, Condition.of(Test.LT), a, b);
    out.into(dest, Op.W_ADDI, 1, out.word(Op.W_SUB, null, greater, less));
  }

  // 64 bits.

  private boolean wide(String operation, Instr instr) {
    switch (operation) {
      case "add", "sub", "mul", "and", "or", "xor" -> {
        Var[] a = out.unbox(Boxed.INT64, instr.arg(0));
        Var[] b = out.unbox(Boxed.INT64, instr.arg(1));
        out.box(instr.dest(), Boxed.INT64, binary(operation, a, b));
      }
      case "div", "mod" -> {
        Var[] a = out.unbox(Boxed.INT64, instr.arg(0));
        Var[] b = out.unbox(Boxed.INT64, instr.arg(1));
        out.effect(Op.W_CHECK_DIVISOR, null, out.word(Op.W_OR, null, b[0], b[1]));
        String routine = operation.equals("div") ? "__divdi3" : "__moddi3";
        out.box(instr.dest(), Boxed.INT64, out.call2(routine, Emit.join(a, b)));
      }
      case "compare" -> {
        Var[] a = out.unbox(Boxed.INT64, instr.arg(0));
        Var[] b = out.unbox(Boxed.INT64, instr.arg(1));
        out.tag(instr.dest(), out.call("caml_native_order64", Emit.join(a, b)));
      }
      case "neg" -> {
        Var zero = out.constant(0);
        Var[] b = out.unbox(Boxed.INT64, instr.arg(0));
        out.box(instr.dest(), Boxed.INT64, binary("sub", new Var[] {zero, zero}, b));
      }
      case "shift_left", "shift_right", "shift_right_unsigned" -> {
        Integer count = number.apply(instr.arg(1));
        Var[] a = out.unbox(Boxed.INT64, instr.arg(0));
        if (count == null) {
          Var by = out.untag(instr.arg(1));
          out.box(instr.dest(), Boxed.INT64, out.call2(shiftRoutine(operation), a[0], a[1], by));
          return true;
        }
        out.box(instr.dest(), Boxed.INT64, shift(operation, a, count & 63));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** The compiler's support library shifts by any number of places. */
  private static String shiftRoutine(String operation) {
    return switch (operation) {
      case "shift_left" -> "__ashldi3";
      case "shift_right" -> "__ashrdi3";
      default -> "__lshrdi3";
    };
  }

  /** Compares boxed integers of a known kind, as a polymorphic comparison of that name does. */
  boolean compare(String name, Boxed kind, Instr instr) {
    Test test =
        switch (name) {
          case "caml_equal" -> Test.EQ;
          case "caml_notequal" -> Test.NE;
          case "caml_lessthan", "caml_greaterthan" -> Test.LT;
          case "caml_lessequal", "caml_greaterequal" -> Test.GE;
          default -> null;
        };
    if (test == null || instr.args().length != 2 || kind == Boxed.FLOAT) {
      return false;
    }
    boolean turned = name.equals("caml_greaterthan") || name.equals("caml_lessequal");
    Var[] a = out.unbox(kind, instr.arg(turned ? 1 : 0));
    Var[] b = out.unbox(kind, instr.arg(turned ? 0 : 1));
    if (kind == Boxed.INT64) {
      Var order = out.call("caml_native_order64", Emit.join(a, b));
      out.test(instr.dest(), Condition.of(test, 0), order);
    } else {
      out.test(instr.dest(), Condition.of(test), a[0], b[0]);
    }
    return true;
  }

  private boolean wideConversion(String operation, Instr instr) {
    Var dest = instr.dest();
    switch (operation) {
      case "of_int" -> {
        Var low = out.untag(instr.arg(0));
        out.box(dest, Boxed.INT64, low, out.word(Op.W_SARI, 31, low));
      }
      case "of_int32", "of_nativeint" -> {
        Boxed kind = operation.equals("of_int32") ? Boxed.INT32 : Boxed.NATIVEINT;
        Var low = one(kind, instr, 0);
        out.box(dest, Boxed.INT64, low, out.word(Op.W_SARI, 31, low));
      }
      case "to_int" -> out.tag(dest, one(Boxed.INT64, instr, 0));
      case "to_int32" -> out.box(dest, Boxed.INT32, one(Boxed.INT64, instr, 0));
      case "to_nativeint" -> out.box(dest, Boxed.NATIVEINT, one(Boxed.INT64, instr, 0));
      case "bswap" -> {
        Var[] a = out.unbox(Boxed.INT64, instr.arg(0));
        Var low = out.word(Op.W_SWAP, null, a[1]);
        out.box(dest, Boxed.INT64, low, out.word(Op.W_SWAP, null, a[0]));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private Var[] binary(String operation, Var[] a, Var[] b) {
    return switch (operation) {
      case "add" -> {
        Var low = out.word(Op.W_ADD, null, a[0], b[0]);
        Var carry = out.word(Op.W_FLAG, Condition.of(Test.LTU), low, a[0]);
        Var high = out.word(Op.W_ADD, null, a[1], b[1]);
        yield new Var[] {low, out.word(Op.W_ADD, null, high, carry)};
      }
      case "sub" -> {
        Var borrow = out.word(Op.W_FLAG, Condition.of(Test.LTU), a[0], b[0]);
        Var high = out.word(Op.W_SUB, null, a[1], b[1]);
        yield new Var[] {
          out.word(Op.W_SUB, null, a[0], b[0]), out.word(Op.W_SUB, null, high, borrow)
        };
      }
      case "mul" -> {
        Var high = out.word(Op.W_MULUH, null, a[0], b[0]);
        high = out.word(Op.W_ADD, null, high, out.word(Op.W_MUL, null, a[0], b[1]));
        high = out.word(Op.W_ADD, null, high, out.word(Op.W_MUL, null, a[1], b[0]));
        yield new Var[] {out.word(Op.W_MUL, null, a[0], b[0]), high};
      }
      default -> {
        Op op = operation.equals("and") ? Op.W_AND : operation.equals("or") ? Op.W_OR : Op.W_XOR;
        yield new Var[] {out.word(op, null, a[0], b[0]), out.word(op, null, a[1], b[1])};
      }
    };
  }

  private Var[] shift(String operation, Var[] a, int by) {
    if (by == 0) {
      return a;
    }
    boolean left = operation.equals("shift_left");
    Op same = left ? Op.W_SHLI : operation.equals("shift_right") ? Op.W_SARI : Op.W_SHRI;
    Var near = left ? a[0] : a[1];
    Var far = left ? a[1] : a[0];
    Var first;
    Var second;
    if (by < 32) {
      Var part = out.word(left ? Op.W_SHLI : Op.W_SHRI, by, far);
      Var carried = out.word(left ? Op.W_SHRI : Op.W_SHLI, 32 - by, near);
      second = out.word(Op.W_OR, null, part, carried);
      first = out.word(same, by, near);
    } else {
      second = by == 32 ? near : out.word(same, by - 32, near);
      first = same == Op.W_SARI ? out.word(Op.W_SARI, 31, near) : out.constant(0);
    }
    return left ? new Var[] {first, second} : new Var[] {second, first};
  }
}
