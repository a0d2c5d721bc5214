// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.program;

import java.util.ArrayList;
import java.util.List;
import mirage.conformance.fuzz.draws.Choice;

/** Makes matches over values of a type, exhaustive by a last case for everything. */
final class Patterns {
  private final Choice choice;
  private final Expressions expressions;
  private Scope scope;

  Patterns(Choice choice, Expressions expressions) {
    this.choice = choice;
    this.expressions = expressions;
  }

  String match(Type from, Type to, Scope outer, int depth) {
    StringBuilder text = new StringBuilder("(match ");
    text.append(expressions.of(from, outer, depth - 1)).append(" with");
    for (int cases = choice.between(1, 4); cases > 0; cases--) {
      scope = outer;
      String pattern = pattern(from, 2);
      String guard = choice.once(4) ? " when " + expressions.of(Type.BOOL, scope, depth - 2) : "";
      text.append(" | %s%s -> %s".formatted(pattern, guard, expressions.of(to, scope, depth - 1)));
    }
    return text + " | _ -> " + expressions.of(to, outer, depth - 1) + ")";
  }

  private String pattern(Type type, int depth) {
    if (depth == 0 || choice.once(4)) {
      return choice.once(3) ? "_" : bind(type);
    }
    return switch (type.kind()) {
      case INT -> choice.once(3) ? bind(type) : literal(type);
      case INT32, INT64, NATIVEINT -> literal(type);
      case STRING -> choice.of("\"\"", "\"a\"", "\"abc\"", "(\"a\" | \"hello, world\")");
      case BOOL -> choice.of("true", "false");
      case UNIT -> "()";
      case OPTION -> choice.once(3) ? "None" : "Some " + pattern(type.argument(), depth - 1);
      case LIST ->
          switch (choice.below(3)) {
            case 0 -> "[]";
            case 1 -> "[" + pattern(type.argument(), depth - 1) + "]";
            default ->
                "(" + pattern(type.argument(), depth - 1) + " :: " + pattern(type, depth - 1) + ")";
          };
      case ARRAY -> "[|" + pattern(type.argument(), depth - 1) + "; _|]";
      case TUPLE -> {
        List<String> parts = new ArrayList<>();
        type.arguments().forEach(part -> parts.add(pattern(part, depth - 1)));
        yield "(" + String.join(", ", parts) + ")";
      }
      case REF -> "{ contents = " + pattern(type.argument(), depth - 1) + " }";
      case VARIANT -> expressions.declarations().pattern(type, part -> pattern(part, depth - 1));
      case RECORD ->
          expressions.declarations().recordPattern(type, part -> pattern(part, depth - 1));
      case FLOAT, FUNCTION -> bind(type);
    };
  }

  private String literal(Type type) {
    int n = choice.between(-2, 6);
    String suffix =
        switch (type.kind()) {
          case INT32 -> "l";
          case INT64 -> "L";
          case NATIVEINT -> "n";
          default -> "";
        };
    return choice.once(2)
        ? "(" + n + suffix + ")"
        : "(%d%s | %d%s)".formatted(n, suffix, n + 3, suffix);
  }

  private String bind(Type type) {
    String name = expressions.fresh();
    scope = scope.with(name, type);
    return name;
  }
}
