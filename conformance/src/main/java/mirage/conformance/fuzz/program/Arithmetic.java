// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.program;

import java.util.List;
import mirage.conformance.fuzz.draws.Choice;

/**
 * Expressions that compiled code needs no call and no memory for: what stands in the innermost loops of programs, and what a
 * compiler moves about most.
 */
final class Arithmetic {
  private final Choice choice;
  private final Expressions expressions;

  Arithmetic(Choice choice, Expressions expressions) {
    this.choice = choice;
    this.expressions = expressions;
  }

  /** An expression of any type: without operators if there are none that are cheap. */
  String of(Type type, Scope scope, int depth) {
    return choice.part(type.text(), () -> made(type, scope, depth));
  }

  private String made(Type type, Scope scope, int depth) {
    List<Scope.Name> known = scope.of(type);
    int kind = choice.below(8);
    if (!known.isEmpty() && (depth <= 0 ? kind > 1 : kind > 4)) {
      return choice.of(known).text();
    }
    if (depth <= 0 || kind == 0) {
      return expressions.of(type, Scope.EMPTY, 0);
    }
    return switch (type.kind()) {
      case INT -> integer(scope, depth);
      case BOOL -> condition(scope, depth);
      case FLOAT -> operation(type, scope, depth, choice.of("+.", "-.", "*.", "/."));
      case INT32 -> boxed("Int32", type, scope, depth);
      case INT64 -> boxed("Int64", type, scope, depth);
      case NATIVEINT -> boxed("Nativeint", type, scope, depth);
      default -> expressions.of(type, Scope.EMPTY, 0);
    };
  }

  private String operation(Type type, Scope scope, int depth, String operator) {
    return "(%s %s %s)".formatted(of(type, scope, depth - 1), operator, of(type, scope, depth - 1));
  }

  private String integer(Scope scope, int depth) {
    return switch (choice.below(8)) {
      case 0, 1, 2 -> operation(Type.INT, scope, depth, choice.of("+", "-", "*"));
      case 3 -> operation(Type.INT, scope, depth, choice.of("land", "lor", "lxor"));
      case 4 -> operation(Type.INT, scope, depth, choice.of("/", "mod"));
      case 5 ->
          "(%s %s %d)"
              .formatted(
                  of(Type.INT, scope, depth - 1),
                  choice.of("asr", "lsr", "lsl", "/", "mod"),
                  choice.between(1, 9));
      case 6 ->
          "(if %s then %s else %s)"
              .formatted(
                  of(Type.BOOL, scope, depth - 1),
                  of(Type.INT, scope, depth - 1),
                  of(Type.INT, scope, depth - 1));
      default -> "(Int32.to_int %s)".formatted(of(Type.INT32, scope, depth - 1));
    };
  }

  private String condition(Scope scope, int depth) {
    Type type = choice.of(List.of(Type.INT, Type.INT, Type.INT, Type.FLOAT, Type.INT32));
    String compared = operation(type, scope, depth, choice.of("=", "<>", "<", ">", "<=", ">="));
    return choice.once(3)
        ? "(%s %s %s)".formatted(compared, choice.of("&&", "||"), of(Type.BOOL, scope, depth - 1))
        : compared;
  }

  private String boxed(String module, Type type, Scope scope, int depth) {
    return "(%s.%s %s %s)"
        .formatted(
            module,
            choice.of("add", "sub", "mul", "logand", "logxor"),
            of(type, scope, depth - 1),
            of(type, scope, depth - 1));
  }
}
