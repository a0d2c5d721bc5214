// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import mirage.backend.ir.Boxed;
import mirage.backend.ir.Condition;
import mirage.backend.ir.Condition.Test;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Var;

/** Doubles: the chip has no unit for them, so the compiler's support library does the arithmetic. */
final class FloatPrimitives {
  private static final int SIGN = 0x80000000;

  private final Emit out;

  FloatPrimitives(Emit out) {
    this.out = out;
  }

  boolean rewrite(String name, Instr instr) {
    switch (name) {
      case "caml_add_float" -> arithmetic("__adddf3", instr);
      case "caml_sub_float" -> arithmetic("__subdf3", instr);
      case "caml_mul_float" -> arithmetic("__muldf3", instr);
      case "caml_div_float" -> arithmetic("__divdf3", instr);
      case "caml_sqrt_float" -> box(instr, out.call2("sqrt", unbox(instr, 0)));
      case "caml_floor_float" -> box(instr, out.call2("floor", unbox(instr, 0)));
      case "caml_ceil_float" -> box(instr, out.call2("ceil", unbox(instr, 0)));
      case "caml_neg_float" -> sign(instr, Op.W_XOR, SIGN);
      case "caml_abs_float" -> sign(instr, Op.W_AND, ~SIGN);
      case "caml_eq_float" -> compare("__eqdf2", Condition.of(Test.EQ, 0), instr);
      case "caml_neq_float" -> compare("__nedf2", Condition.of(Test.NE, 0), instr);
      case "caml_lt_float" -> compare("__ltdf2", Condition.of(Test.LT, 0), instr);
      case "caml_le_float" -> compare("__ledf2", Condition.of(Test.LT, 1), instr);
      case "caml_gt_float" -> compare("__gtdf2", Condition.of(Test.GE, 1), instr);
      case "caml_ge_float" -> compare("__gedf2", Condition.of(Test.GE, 0), instr);
      case "caml_float_of_int" -> box(instr, out.call2("__floatsidf", out.untag(instr.arg(0))));
      case "caml_int_of_float" -> out.tag(instr.dest(), out.call("__fixdfsi", unbox(instr, 0)));
      case "caml_int32_of_float", "caml_nativeint_of_float" ->
          out.box(instr.dest(), word(name), out.call("__fixdfsi", unbox(instr, 0)));
      case "caml_int32_to_float", "caml_nativeint_to_float" ->
          box(instr, out.call2("__floatsidf", out.unbox(word(name), instr.arg(0))));
      case "caml_int64_of_float" ->
          out.box(instr.dest(), Boxed.INT64, out.call2("__fixdfdi", unbox(instr, 0)));
      case "caml_int64_to_float" ->
          box(instr, out.call2("__floatdidf", out.unbox(Boxed.INT64, instr.arg(0))));
      case "caml_int64_bits_of_float" -> out.box(instr.dest(), Boxed.INT64, unbox(instr, 0));
      case "caml_int64_float_of_bits" -> box(instr, out.unbox(Boxed.INT64, instr.arg(0)));
      default -> {
        return false;
      }
    }
    return true;
  }

  private static Boxed word(String name) {
    return name.startsWith("caml_int32") ? Boxed.INT32 : Boxed.NATIVEINT;
  }

  private Var[] unbox(Instr instr, int arg) {
    return out.unbox(Boxed.FLOAT, instr.arg(arg));
  }

  private void box(Instr instr, Var... words) {
    out.box(instr.dest(), Boxed.FLOAT, words);
  }

  private void arithmetic(String routine, Instr instr) {
    box(instr, out.call2(routine, Emit.join(unbox(instr, 0), unbox(instr, 1))));
  }

  private void sign(Instr instr, Op op, int mask) {
    Var[] words = unbox(instr, 0);
    box(instr, words[0], out.word(op, null, words[1], out.constant(mask)));
  }

  /** The routine's result compares with zero as the first number does with the second. */
  private void compare(String routine, Condition condition, Instr instr) {
    Var order = out.call(routine, Emit.join(unbox(instr, 0), unbox(instr, 1)));
    out.test(instr.dest(), condition, order);
  }
}
