// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.program;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import mirage.conformance.fuzz.draws.Choice;

/** Makes expressions of a wanted type. */
final class Expressions {
  private final Choice choice;
  private final Declarations declarations;
  private final Numbers numbers;
  private final Strings strings;
  private final Idioms idioms;
  private final Loops loops;
  private final Cases cases;
  private final Failures failures;
  private final Statements statements;
  private final Recursion recursion;
  private final Pressure pressure;
  private final Structures structures;
  private int names;

  Expressions(Choice choice, Declarations declarations) {
    this.choice = choice;
    this.declarations = declarations;
    this.numbers = new Numbers(choice, this);
    this.strings = new Strings(choice, this);
    this.idioms = new Idioms(choice, this);
    this.loops = new Loops(choice, this);
    this.cases = new Cases(choice, this);
    this.failures = new Failures(choice, this);
    this.statements = new Statements(choice, this);
    this.recursion = new Recursion(choice, this);
    this.pressure = new Pressure(choice, this);
    this.structures = new Structures(choice, this);
  }

  /** The types of the program. */
  Declarations declarations() {
    return declarations;
  }

  /** A name nothing else has. */
  String fresh() {
    return "x" + names++;
  }

  /** An expression in parentheses, or one that needs none. */
  String of(Type type, Scope scope, int depth) {
    return choice.part(type.text(), () -> made(type, scope, depth));
  }

  private String made(Type type, Scope scope, int depth) {
    List<Scope.Name> known = scope.of(type);
    int kind = choice.below(16);
    if (!known.isEmpty() && (depth <= 0 ? kind >= 8 : kind >= 12)) {
      return choice.of(known).text();
    }
    if (depth <= 0 || kind == 0) {
      return leaf(type, scope);
    }
    List<Scope.Name> functions = scope.functionsTo(type);
    if (!functions.isEmpty() && choice.once(5)) {
      return call(choice.of(functions), scope, depth);
    }
    if (depth > 2 && choice.once(8)) {
      return theme(type, scope, depth - 1);
    }
    return choice.once(3) ? control(type, scope, depth) : value(type, scope, depth);
  }

  private String theme(Type type, Scope scope, int depth) {
    return switch (choice.below(10)) {
      case 0 -> loops.any(type, scope, depth);
      case 1 -> cases.any(type, scope, depth);
      case 2 -> idioms.any(type, scope, depth);
      case 3, 4 -> failures.value(type, scope, depth);
      case 5, 6 -> statements.any(type, scope, depth);
      case 7 -> structures.any(type, scope, depth);
      case 8 -> choice.once(4) ? pressure.any(type, scope, depth) : cases.any(type, scope, depth);
      default -> recursion.any(type, scope, depth);
    };
  }

  private String call(Scope.Name function, Scope scope, int depth) {
    return function.type().parameters().stream()
        .map(parameter -> of(parameter, scope, depth - 1))
        .collect(Collectors.joining(" ", "(" + function.text() + " ", ")"));
  }

  private String leaf(Type type, Scope scope) {
    return switch (type.kind()) {
      case INT, FLOAT, INT32, INT64, NATIVEINT -> numbers.constant(type.kind());
      case BOOL -> choice.of("true", "false");
      case STRING -> strings.constant();
      case UNIT -> "()";
      case LIST -> "[]";
      case OPTION -> "None";
      case ARRAY -> "[||]";
      case REF -> "(ref " + of(type.argument(), scope, 0) + ")";
      case VARIANT -> declarations.smallest(type);
      case RECORD, TUPLE, FUNCTION -> value(type, scope, 0);
    };
  }

  /** What is made of a type's own operations. */
  private String value(Type type, Scope scope, int depth) {
    return switch (type.kind()) {
      case INT -> numbers.integer(scope, depth);
      case FLOAT -> numbers.floating(scope, depth);
      case INT32, INT64, NATIVEINT -> numbers.boxed(type, scope, depth);
      case BOOL -> bool(scope, depth);
      case STRING -> strings.of(scope, depth);
      case UNIT -> effect(scope, depth);
      case LIST -> list(type, scope, depth);
      case ARRAY -> array(type, scope, depth);
      case OPTION -> "(Some " + of(type.argument(), scope, depth - 1) + ")";
      case REF -> "(ref " + of(type.argument(), scope, depth - 1) + ")";
      case TUPLE ->
          type.arguments().stream()
              .map(part -> of(part, scope, depth - 1))
              .collect(Collectors.joining(", ", "(", ")"));
      case RECORD -> declarations.record(type, this, scope, depth);
      case VARIANT -> declarations.variant(type, this, scope, depth);
      case FUNCTION -> function(type, scope, depth);
    };
  }

  /** A known function with all but its last arguments; null if there is none. */
  private String partial(Type type, Scope scope, int depth) {
    List<Scope.Name> longer =
        scope.names().stream().filter(name -> name.type().endsWith(type)).toList();
    if (longer.isEmpty() || choice.once(2)) {
      return null;
    }
    Scope.Name function = choice.of(longer);
    List<Type> parameters = function.type().parameters();
    return parameters.subList(0, parameters.size() - type.parameters().size()).stream()
        .map(parameter -> of(parameter, scope, depth - 1))
        .collect(Collectors.joining(" ", "(" + function.text() + " ", ")"));
  }

  private String function(Type type, Scope scope, int depth) {
    String partial = depth > 0 ? partial(type, scope, depth) : null;
    if (partial != null) {
      return partial;
    }
    StringBuilder text = new StringBuilder("(fun");
    Scope inner = scope;
    for (Type parameter : type.parameters()) {
      String name = fresh();
      text.append(" (").append(name).append(" : ").append(parameter.text()).append(")");
      inner = inner.with(name, parameter);
    }
    return text + " -> " + of(type.result(), inner, depth - 1) + ")";
  }

  private String bool(Scope scope, int depth) {
    Type type = choice.of(declarations.comparable());
    return switch (choice.below(5)) {
      case 0, 1, 2 ->
          "(%s %s %s)"
              .formatted(
                  of(type, scope, depth - 1),
                  choice.of("=", "<>", "<", ">", "<=", ">="),
                  of(type, scope, depth - 1));
      case 3 ->
          "(%s %s %s)"
              .formatted(
                  of(Type.BOOL, scope, depth - 1),
                  choice.of("&&", "||"),
                  of(Type.BOOL, scope, depth - 1));
      default -> "(not " + of(Type.BOOL, scope, depth - 1) + ")";
    };
  }

  private String effect(Scope scope, int depth) {
    List<Scope.Name> references =
        scope.names().stream().filter(name -> name.type().kind() == Type.Kind.REF).toList();
    if (!references.isEmpty() && choice.once(2)) {
      Scope.Name reference = choice.of(references);
      return "(%s := %s)"
          .formatted(reference.text(), of(reference.type().argument(), scope, depth - 1));
    }
    return switch (choice.below(6)) {
      case 5 -> declarations.assignment(this, scope, depth);
      case 0 -> "(print_string " + of(Type.STRING, scope, depth - 1) + ")";
      case 1 ->
          choice.of(
              "(collect Gc.minor)",
              "(collect Gc.full_major)",
              "(collect Gc.compact)",
              "(garbage 300)");
      case 2 -> {
        String i = fresh();
        yield "(for %s = 0 to %d do %s done)"
            .formatted(i, choice.below(8), of(Type.UNIT, scope.with(i, Type.INT), depth - 1));
      }
      case 3 ->
          "(if %s then %s)"
              .formatted(of(Type.BOOL, scope, depth - 1), of(Type.UNIT, scope, depth - 1));
      default -> "(ignore " + of(choice.of(declarations.types()), scope, depth - 1) + ")";
    };
  }

  private String list(Type type, Scope scope, int depth) {
    Type element = type.argument();
    return switch (choice.below(5)) {
      case 0 -> {
        List<String> items = new ArrayList<>();
        for (int i = choice.below(4); i >= 0; i--) {
          items.add(of(element, scope, depth - 2));
        }
        yield items.stream().collect(Collectors.joining("; ", "[", "]"));
      }
      case 1 ->
          "(bounded (%s :: %s))"
              .formatted(of(element, scope, depth - 1), of(type, scope, depth - 1));
      case 2 ->
          "(bounded (%s @ %s))".formatted(of(type, scope, depth - 1), of(type, scope, depth - 1));
      case 3 -> {
        String x = fresh();
        Type from = choice.of(declarations.comparable());
        yield "(List.%s (fun %s -> %s) %s)"
            .formatted(
                choice.of("map", "rev_map"),
                x,
                of(element, scope.with(x, from), depth - 1),
                of(Type.of(Type.Kind.LIST, from), scope, depth - 1));
      }
      default ->
          element.comparable()
              ? "(List.sort compare %s)".formatted(of(type, scope, depth - 1))
              : "(List.rev %s)".formatted(of(type, scope, depth - 1));
    };
  }

  private String array(Type type, Scope scope, int depth) {
    Type element = type.argument();
    String i = fresh();
    return switch (choice.below(4)) {
      case 0 ->
          "(Array.of_list %s)".formatted(of(Type.of(Type.Kind.LIST, element), scope, depth - 1));
      case 1 -> "(Array.make %d %s)".formatted(choice.below(9), of(element, scope, depth - 1));
      case 2 ->
          "(Array.init %d (fun %s -> %s))"
              .formatted(choice.below(9), i, of(element, scope.with(i, Type.INT), depth - 1));
      default -> {
        String a = fresh();
        yield "(let %1$s = Array.copy %2$s in (if Array.length %1$s > 0 then %1$s.(Array.length %1$s / 2) <- %3$s); %1$s)"
            .formatted(a, of(type, scope, depth - 1), of(element, scope, depth - 1));
      }
    };
  }

  /** What can be of any type. */
  private String control(Type type, Scope scope, int depth) {
    String a = of(type, scope, depth - 1);
    switch (choice.below(9)) {
      case 0 -> {
        return "(if %s then %s else %s)"
            .formatted(of(Type.BOOL, scope, depth - 1), a, of(type, scope, depth - 1));
      }
      case 1, 2 -> {
        Type bound = choice.of(declarations.types());
        String x = fresh();
        return "(let %s : %s = %s in %s)"
            .formatted(
                x,
                bound.text(),
                of(bound, scope, depth - 1),
                of(type, scope.with(x, bound), depth - 1));
      }
      case 3 -> {
        return "(%s; %s)".formatted(of(Type.UNIT, scope, depth - 1), a);
      }
      case 4 -> {
        return attempt(type, scope, depth, a);
      }
      case 5 -> {
        return "(%s %s)"
            .formatted(
                of(Type.of(Type.Kind.FUNCTION, Type.INT, type), scope, depth - 1),
                of(Type.INT, scope, depth - 1));
      }
      case 6 -> {
        return new Patterns(choice, this)
            .match(choice.of(declarations.types()), type, scope, depth);
      }
      case 7 -> {
        String x = fresh();
        return "(let %1$s = ref %2$s in (while %3$s && tick () do %1$s := %4$s done); !%1$s)"
            .formatted(
                x,
                a,
                of(Type.BOOL, scope, depth - 1),
                of(type, scope.with("!" + x, type), depth - 1));
      }
      default -> {
        return cases.element(type, scope, depth);
      }
    }
  }

  private String attempt(Type type, Scope scope, int depth, String body) {
    String x = fresh();
    String raise =
        choice.of(
            "raise Not_found",
            "raise (Number " + of(Type.INT, scope, depth - 2) + ")",
            "failwith " + of(Type.STRING, scope, depth - 2),
            "raise_notrace Exit");
    return "(try if %s then %s else %s with Number %s -> %s | Not_found | Exit -> %s | Failure %s when String.length %s > 2 -> %s)"
        .formatted(
            of(Type.BOOL, scope, depth - 1),
            body,
            raise,
            x,
            of(type, scope.with(x, Type.INT), depth - 1),
            of(type, scope, depth - 2),
            x,
            x,
            of(type, scope.with(x, Type.STRING), depth - 2));
  }
}
