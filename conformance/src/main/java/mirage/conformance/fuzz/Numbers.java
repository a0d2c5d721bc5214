// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz;

import java.util.Locale;

/**
 * Expressions over numbers. Results of int arithmetic are cut to 30 bits and those of nativeint to 32, so that they
 * are the same where ints have 31 bits and where they have 63, unless they are to be wide.
 */
final class Numbers {
  private final Choice choice;
  private final boolean wide;
  private final Expressions expressions;

  Numbers(Choice choice, boolean wide, Expressions expressions) {
    this.choice = choice;
    this.wide = wide;
    this.expressions = expressions;
  }

  String constant(Type.Kind kind) {
    return switch (kind) {
      case INT -> "(" + choice.number() + ")";
      case INT32 -> "(" + (int) choice.wide() + "l)";
      case INT64 -> "(" + choice.wide() + "L)";
      case NATIVEINT -> "(" + (int) choice.wide() + "n)";
      case FLOAT -> floatConstant();
      default -> throw new IllegalArgumentException(kind.name());
    };
  }

  private String floatConstant() {
    return switch (choice.below(4)) {
      case 0 ->
          choice.of(
              "0.",
              "(-0.)",
              "1.",
              "(-1.)",
              "0.5",
              "infinity",
              "neg_infinity",
              "nan",
              "max_float",
              "min_float",
              "epsilon_float");
      case 1 -> "(" + choice.number() + ".)";
      default ->
          String.format(
              Locale.ROOT,
              "(%.6e)",
              (choice.random().nextDouble() - 0.5) * Math.pow(10, choice.between(-8, 12)));
    };
  }

  private String sub(Type type, Scope scope, int depth) {
    return expressions.of(type, scope, depth - 1);
  }

  String integer(Scope scope, int depth) {
    String a = sub(Type.INT, scope, depth);
    return switch (choice.below(16)) {
      case 0, 1, 2, 3, 4 ->
          cut("%s %s %s".formatted(a, choice.of("+", "-", "*"), sub(Type.INT, scope, depth)));
      case 5 ->
          "(%s %s %s)".formatted(a, choice.of("land", "lor", "lxor"), sub(Type.INT, scope, depth));
      case 6 -> "(%s %s %s)".formatted(a, choice.of("/", "mod"), sub(Type.INT, scope, depth));
      case 7 -> "(%s %s (%d))".formatted(a, choice.of("/", "mod"), divisor());
      case 8 -> cut("%s lsl %d".formatted(a, choice.below(30)));
      case 9 ->
          wide
              ? "(%s lsr %d)".formatted(a, choice.below(31))
              : "((%s land 0x1FFFFFFF) lsr %d)".formatted(a, choice.below(30));
      case 10 -> shifts(a);
      case 11 -> cut("%s %s".formatted(choice.of("-", "lnot", "abs", "succ", "pred"), a));
      case 12 -> cut("int_of_float (small_float %s)".formatted(sub(Type.FLOAT, scope, depth)));
      case 13 ->
          choice.of(
              "(String.length %s)".formatted(sub(Type.STRING, scope, depth)),
              "(Hashtbl.hash %s land 0xFFFFFF)".formatted(sub(Type.STRING, scope, depth)),
              "(Char.code (char_at %s %s))".formatted(sub(Type.STRING, scope, depth), a));
      case 14 -> cut("Int32.to_int %s".formatted(sub(Type.INT32, scope, depth)));
      default ->
          choice.of(
              cut(
                  "Int64.to_int (Int64.rem %s 100000000L)"
                      .formatted(sub(Type.INT64, scope, depth))),
              "(compare %s %s)".formatted(a, sub(Type.INT, scope, depth)),
              "(%s %s %s)".formatted(choice.of("min", "max"), a, sub(Type.INT, scope, depth)));
    };
  }

  /** What takes bits out of an int, or makes one of its low bits. */
  private String shifts(String a) {
    int by = choice.below(31);
    return switch (choice.below(3)) {
      case 0 -> "(%s asr %d)".formatted(a, by);
      case 1 -> "((%s asr %d) land %d)".formatted(a, by, (1 << choice.between(1, 29)) - 1);
      default ->
          wide
              ? "((%s lsl %d) %s %d)"
                  .formatted(a, by, choice.of("asr", "lsr"), choice.once(2) ? by : choice.below(31))
              : "((%s land %d) lsl %d)".formatted(a, (1 << by % 15) - 1, choice.below(15));
    };
  }

  private int divisor() {
    int positive = choice.once(2) ? choice.between(1, 20) : Math.max(1, Math.abs(choice.number()));
    return choice.once(4) ? -positive : positive;
  }

  private String cut(String expression) {
    return wide ? "(" + expression + ")" : "(cut (" + expression + "))";
  }

  String floating(Scope scope, int depth) {
    String a = sub(Type.FLOAT, scope, depth);
    return switch (choice.below(8)) {
      case 0, 1, 2, 3 ->
          "(%s %s %s)"
              .formatted(a, choice.of("+.", "-.", "*.", "/."), sub(Type.FLOAT, scope, depth));
      case 4 ->
          "(%s %s)"
              .formatted(
                  choice.of(
                      "sqrt", "abs_float", "floor", "ceil", "Float.round", "Float.trunc", "~-."),
                  a);
      case 5 -> "(float_of_int %s)".formatted(sub(Type.INT, scope, depth));
      case 6 ->
          choice.of(
              "(Float.min %s %s)".formatted(a, sub(Type.FLOAT, scope, depth)),
              "(Int32.to_float %s)".formatted(sub(Type.INT32, scope, depth)),
              "(Int64.to_float %s)".formatted(sub(Type.INT64, scope, depth)));
      default ->
          choice.of(
              "(mod_float %s %s)".formatted(a, sub(Type.FLOAT, scope, depth)),
              "(ldexp %s (%d))".formatted(a, choice.between(-40, 40)),
              "(Int64.float_of_bits %s)".formatted(sub(Type.INT64, scope, depth)));
    };
  }

  /** For int32, int64 and nativeint, whose modules have the same functions. */
  String boxed(Type type, Scope scope, int depth) {
    String module =
        type.kind() == Type.Kind.INT32
            ? "Int32"
            : type.kind() == Type.Kind.INT64 ? "Int64" : "Nativeint";
    String a = sub(type, scope, depth);
    int bits = type.kind() == Type.Kind.INT64 ? 64 : 32;
    String result =
        switch (choice.below(8)) {
          case 0, 1, 2 ->
              "(%s.%s %s %s)"
                  .formatted(module, choice.of("add", "sub", "mul"), a, sub(type, scope, depth));
          case 3 ->
              "(%s.%s %s %s)"
                  .formatted(
                      module, choice.of("logand", "logor", "logxor"), a, sub(type, scope, depth));
          case 4 ->
              "(%s.%s %s %s)"
                  .formatted(module, choice.of("div", "rem"), a, sub(type, scope, depth));
          case 5 ->
              "(%s.%s %s %d)"
                  .formatted(
                      module,
                      choice.of(
                          "shift_left",
                          "shift_right",
                          bits == 32 && module.equals("Nativeint")
                              ? "shift_left"
                              : "shift_right_logical"),
                      a,
                      choice.below(bits));
          case 6 ->
              "(%s.%s %s)".formatted(module, choice.of("neg", "lognot", "succ", "pred", "abs"), a);
          default -> converted(type, module, scope, depth);
        };
    return module.equals("Nativeint") ? "(cut_native " + result + ")" : result;
  }

  private String converted(Type type, String module, Scope scope, int depth) {
    return switch (type.kind()) {
      case INT64 ->
          choice.of(
              "(Int64.of_int32 %s)".formatted(sub(Type.INT32, scope, depth)),
              "(Int64.bits_of_float (plain_nan %s))".formatted(sub(Type.FLOAT, scope, depth)),
              "(Int64.of_int %s)".formatted(sub(Type.INT, scope, depth)));
      case INT32 ->
          choice.of(
              "(Int64.to_int32 %s)".formatted(sub(Type.INT64, scope, depth)),
              "(Int32.of_int %s)".formatted(sub(Type.INT, scope, depth)));
      default -> "(%s.of_int %s)".formatted(module, sub(Type.INT, scope, depth));
    };
  }
}
