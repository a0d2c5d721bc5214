// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.program;

import java.util.Locale;
import mirage.conformance.fuzz.draws.Choice;

/**
 * Expressions over numbers: ints of 31 bits, native ones of 32, as all that is compared has them.
 */
final class Numbers {
  private final Choice choice;
  private final Expressions expressions;

  Numbers(Choice choice, Expressions expressions) {
    this.choice = choice;
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
              (choice.fraction() - 0.5) * Math.pow(10, choice.between(-8, 12)));
    };
  }

  private String sub(Type type, Scope scope, int depth) {
    return expressions.of(type, scope, depth - 1);
  }

  String integer(Scope scope, int depth) {
    String a = sub(Type.INT, scope, depth);
    return switch (choice.below(16)) {
      case 0, 1, 2, 3, 4 ->
          "(%s %s %s)".formatted(a, choice.of("+", "-", "*"), sub(Type.INT, scope, depth));
      case 5 ->
          "(%s %s %s)".formatted(a, choice.of("land", "lor", "lxor"), sub(Type.INT, scope, depth));
      case 6 -> "(%s %s %s)".formatted(a, choice.of("/", "mod"), sub(Type.INT, scope, depth));
      case 7 -> "(%s %s (%d))".formatted(a, choice.of("/", "mod"), divisor());
      case 8 -> "(%s lsl %d)".formatted(a, choice.below(31));
      case 9 -> "(%s lsr %d)".formatted(a, choice.below(31));
      case 10 -> shifts(a);
      case 11 -> "(%s %s)".formatted(choice.of("~-", "lnot", "abs", "succ", "pred"), a);
      case 12 -> "(int_of_float (small_float %s))".formatted(sub(Type.FLOAT, scope, depth));
      case 13 ->
          choice.of(
              "(String.length %s)".formatted(sub(Type.STRING, scope, depth)),
              "(Hashtbl.hash %s)".formatted(sub(Type.STRING, scope, depth)),
              "(Char.code (char_at %s %s))".formatted(sub(Type.STRING, scope, depth), a));
      case 14 -> "(Int32.to_int %s)".formatted(sub(Type.INT32, scope, depth));
      default ->
          choice.of(
              "(Int64.to_int %s)".formatted(sub(Type.INT64, scope, depth)),
              "(compare %s %s)".formatted(a, sub(Type.INT, scope, depth)),
              "(%s %s %s)".formatted(choice.of("min", "max"), a, sub(Type.INT, scope, depth)));
    };
  }

  /** What takes bits out of an int, or makes one of its low bits. */
  private String shifts(String a) {
    int by = choice.below(31);
    return switch (choice.below(3)) {
      case 0 -> "(%s asr %d)".formatted(a, by);
      case 1 -> "((%s asr %d) land %d)".formatted(a, by, (1 << choice.between(1, 30)) - 1);
      default ->
          "((%s lsl %d) %s %d)"
              .formatted(a, by, choice.of("asr", "lsr"), choice.once(2) ? by : choice.below(31));
    };
  }

  private int divisor() {
    int positive =
        choice.once(2) ? choice.between(1, 20) : Math.max(1, Math.abs(choice.number() / 2));
    return choice.once(4) ? -positive : positive;
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
    return switch (choice.below(8)) {
      case 0, 1, 2 ->
          "(%s.%s %s %s)"
              .formatted(module, choice.of("add", "sub", "mul"), a, sub(type, scope, depth));
      case 3 ->
          "(%s.%s %s %s)"
              .formatted(
                  module, choice.of("logand", "logor", "logxor"), a, sub(type, scope, depth));
      case 4 ->
          "(%s.%s %s %s)".formatted(module, choice.of("div", "rem"), a, sub(type, scope, depth));
      case 5 ->
          "(%s.%s %s %d)"
              .formatted(
                  module,
                  choice.of("shift_left", "shift_right", "shift_right_logical"),
                  a,
                  choice.below(bits));
      case 6 ->
          "(%s.%s %s)".formatted(module, choice.of("neg", "lognot", "succ", "pred", "abs"), a);
      default -> converted(type, module, scope, depth);
    };
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
