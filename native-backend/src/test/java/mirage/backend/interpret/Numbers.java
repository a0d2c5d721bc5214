// SPDX-License-Identifier: Apache-2.0
package mirage.backend.interpret;

import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntPredicate;
import java.util.function.LongBinaryOperator;
import mirage.backend.interpret.Primitives.Function;

/** Primitives on numbers: boxed ones, and the compiler's support functions on their words. */
final class Numbers {
  private final Primitives primitives;
  private final Memory memory;

  Numbers(Primitives primitives, Memory memory) {
    this.primitives = primitives;
    this.memory = memory;
  }

  void add() {
    floats();
    support();
    for (String type : new String[] {"int32", "int64", "nativeint"}) {
      integers("caml_" + type);
    }
    conversions();
    formats();
  }

  private void add(String name, Function function) {
    primitives.add(name, function);
  }

  // Floats.

  private void floats() {
    arithmetic("caml_add_float", "__adddf3", (a, b) -> a + b);
    arithmetic("caml_sub_float", "__subdf3", (a, b) -> a - b);
    arithmetic("caml_mul_float", "__muldf3", (a, b) -> a * b);
    arithmetic("caml_div_float", "__divdf3", (a, b) -> a / b);
    comparison("caml_eq_float", "__eqdf2", c -> c == 0, 1);
    comparison("caml_neq_float", "__nedf2", c -> c != 0, 1);
    comparison("caml_lt_float", "__ltdf2", c -> c < 0, 1);
    comparison("caml_le_float", "__ledf2", c -> c <= 0, 1);
    comparison("caml_gt_float", "__gtdf2", c -> c > 0, -1);
    comparison("caml_ge_float", "__gedf2", c -> c >= 0, -1);
    add("caml_float_compare", x -> Primitives.sign(Double.compare(real(x[0]), real(x[1]))));
    unary("caml_neg_float", "neg", a -> -a);
    unary("caml_abs_float", "fabs", Math::abs);
    unary("caml_sqrt_float", "sqrt", Math::sqrt);
    unary("caml_floor_float", "floor", Math::floor);
    unary("caml_ceil_float", "ceil", Math::ceil);
    add("caml_classify_float", x -> kind(real(x[0])) << 1 | 1);
    add("caml_floatarray_get", x -> primitives.call("caml_array_get", x));
    add("caml_floatarray_set", x -> primitives.call("caml_array_set", x));
    add("caml_floatarray_unsafe_get", x -> primitives.call("caml_array_unsafe_get", x));
    add("caml_floatarray_unsafe_set", x -> primitives.call("caml_array_unsafe_set", x));
  }

  private static int kind(double value) {
    if (Double.isNaN(value)) {
      return 4;
    }
    return Double.isInfinite(value) ? 3 : value == 0 ? 2 : Math.abs(value) < 0x1p-1022 ? 1 : 0;
  }

  private double real(int block) {
    return memory.real(block);
  }

  private static double real(int low, int high) {
    return Double.longBitsToDouble((long) high << 32 | low & 0xFFFFFFFFL);
  }

  private int words(double value) {
    return primitives.two(Double.doubleToRawLongBits(value));
  }

  private void arithmetic(String boxed, String words, DoubleBinaryOperator operator) {
    add(boxed, x -> memory.real(operator.applyAsDouble(real(x[0]), real(x[1]))));
    add(words, x -> words(operator.applyAsDouble(real(x[0], x[1]), real(x[2], x[3]))));
  }

  private void unary(String boxed, String words, java.util.function.DoubleUnaryOperator operator) {
    add(boxed, x -> memory.real(operator.applyAsDouble(real(x[0]))));
    add(words, x -> words(operator.applyAsDouble(real(x[0], x[1]))));
  }

  /**
   * A comparison of floats and its support function, whose result is compared with zero.
   *
   * @param unordered what that returns when an operand is not a number
   */
  private void comparison(String boxed, String words, IntPredicate holds, int unordered) {
    add(
        boxed,
        x -> {
          double a = real(x[0]);
          double b = real(x[1]);
          boolean known = !Double.isNaN(a) && !Double.isNaN(b);
          return Words.bool(known ? holds.test(order(a, b)) : boxed.equals("caml_neq_float"));
        });
    add(
        words,
        x -> {
          double a = real(x[0], x[1]);
          double b = real(x[2], x[3]);
          return Double.isNaN(a) || Double.isNaN(b) ? unordered : order(a, b);
        });
  }

  private static int order(double a, double b) {
    return a < b ? -1 : a > b ? 1 : 0;
  }

  // Words that the compiled code computes with.

  private void support() {
    add("__divdi3", x -> primitives.two(wide(x, 0) / wide(x, 2)));
    add("__moddi3", x -> primitives.two(wide(x, 0) % wide(x, 2)));
    add("__ashldi3", x -> primitives.two(wide(x, 0) << x[2]));
    add("__ashrdi3", x -> primitives.two(wide(x, 0) >> x[2]));
    add("__lshrdi3", x -> primitives.two(wide(x, 0) >>> x[2]));
    add("__fixdfsi", x -> (int) real(x[0], x[1]));
    add("__fixdfdi", x -> primitives.two((long) real(x[0], x[1])));
    add("__floatsidf", x -> words((double) x[0]));
    add("__floatdidf", x -> words((double) wide(x, 0)));
    add("caml_order64", x -> Long.compare(wide(x, 0), wide(x, 2)));
  }

  private static long wide(int[] x, int index) {
    return (long) x[index + 1] << 32 | x[index] & 0xFFFFFFFFL;
  }

  // Boxed integers.

  private void integers(String type) {
    boolean wide = type.endsWith("64");
    binary(type, "_add", (a, b) -> a + b);
    binary(type, "_sub", (a, b) -> a - b);
    binary(type, "_mul", (a, b) -> a * b);
    binary(type, "_and", (a, b) -> a & b);
    binary(type, "_or", (a, b) -> a | b);
    binary(type, "_xor", (a, b) -> a ^ b);
    binary(type, "_div", (a, b) -> b == 0 ? primitives.raiseZeroDivide() : a / b);
    binary(type, "_mod", (a, b) -> b == 0 ? primitives.raiseZeroDivide() : a % b);
    add(type + "_neg", x -> box(type, -number(type, x[0])));
    add(type + "_shift_left", x -> box(type, number(type, x[0]) << (x[1] >> 1)));
    add(type + "_shift_right", x -> box(type, number(type, x[0]) >> (x[1] >> 1)));
    add(
        type + "_shift_right_unsigned",
        x -> {
          long bits = number(type, x[0]);
          return box(type, (wide ? bits : bits & 0xFFFFFFFFL) >>> (x[1] >> 1));
        });
    add(
        type + "_compare",
        x -> Primitives.sign(Long.compare(number(type, x[0]), number(type, x[1]))));
    add(type + "_of_int", x -> box(type, x[0] >> 1));
    add(type + "_to_int", x -> (int) number(type, x[0]) << 1 | 1);
    add(type + "_of_float", x -> box(type, (long) real(x[0])));
    add(type + "_to_float", x -> memory.real((double) number(type, x[0])));
    add(type + "_bswap", x -> box(type, swapped(wide, number(type, x[0]))));
  }

  private static long swapped(boolean wide, long value) {
    return wide ? Long.reverseBytes(value) : Integer.reverseBytes((int) value);
  }

  private void binary(String type, String name, LongBinaryOperator operator) {
    add(type + name, x -> box(type, operator.applyAsLong(number(type, x[0]), number(type, x[1]))));
  }

  private long number(String type, int block) {
    return type.endsWith("64") ? memory.loadLong(block + 4) : memory.field(block, 1);
  }

  private int box(String type, long value) {
    return memory.boxed(primitives.name(type + "_ops"), type.endsWith("64") ? 2 : 1, value);
  }

  private void conversions() {
    add("caml_int64_of_int32", x -> box("caml_int64", number("caml_int32", x[0])));
    add("caml_int64_of_nativeint", x -> box("caml_int64", number("caml_nativeint", x[0])));
    add("caml_int64_to_nativeint", x -> box("caml_nativeint", number("caml_int64", x[0])));
    add("caml_int64_to_int32", x -> box("caml_int32", number("caml_int64", x[0])));
    add("caml_nativeint_of_int32", x -> box("caml_nativeint", number("caml_int32", x[0])));
    add("caml_nativeint_to_int32", x -> box("caml_int32", number("caml_nativeint", x[0])));
    add(
        "caml_int64_float_of_bits",
        x -> memory.real(Double.longBitsToDouble(number("caml_int64", x[0]))));
    add("caml_int64_bits_of_float", x -> box("caml_int64", Double.doubleToRawLongBits(real(x[0]))));
    add("caml_float_of_int", x -> memory.real((double) (x[0] >> 1)));
    add("caml_int_of_float", x -> (int) real(x[0]) << 1 | 1);
    add("caml_int_compare", x -> Primitives.sign(Integer.compare(x[0], x[1])));
    add("caml_bswap16", x -> (Short.reverseBytes((short) (x[0] >> 1)) & 0xFFFF) << 1 | 1);
  }

  // Formats: those of integers, and of floats with a precision.

  private void formats() {
    add("caml_format_int", x -> memory.string(format(memory.text(x[0]), x[1] >> 1, 31)));
    add(
        "caml_int32_format",
        x -> memory.string(format(memory.text(x[0]), number("caml_int32", x[1]), 32)));
    add(
        "caml_nativeint_format",
        x -> memory.string(format(memory.text(x[0]), number("caml_nativeint", x[1]), 32)));
    add(
        "caml_int64_format",
        x -> memory.string(format(memory.text(x[0]), number("caml_int64", x[1]), 64)));
    add("caml_format_float", x -> memory.string(formatFloat(memory.text(x[0]), real(x[1]))));
    add("caml_hexstring_of_float", x -> memory.string(Double.toHexString(real(x[0]))));
    add("caml_int_of_string", x -> parse(memory.text(x[0])));
  }

  private static String format(String format, long value, int bits) {
    char last = format.charAt(format.length() - 1);
    String flags = format.substring(0, format.length() - 1).replace("l", "").replace("n", "");
    boolean unsigned = last == 'x' || last == 'X' || last == 'o' || last == 'u';
    long shown = unsigned && bits < 64 ? value & (1L << bits) - 1 : value;
    if (last == 'u') {
      return Long.toUnsignedString(shown);
    }
    return String.format(Locale.ROOT, flags.replace("L", "") + (last == 'i' ? 'd' : last), shown);
  }

  private static String formatFloat(String format, double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
    // The test programs print what has few digits.
    if (format.endsWith("g")) {
      String text = java.math.BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
      return value == 0 ? (1 / value < 0 ? "-0" : "0") : text;
    }
    return String.format(Locale.ROOT, format.replace('F', 'f'), value);
  }

  private int parse(String text) {
    try {
      return Integer.parseInt(text.trim()) << 1 | 1;
    } catch (NumberFormatException e) {
      return primitives.failure("int_of_string");
    }
  }
}
