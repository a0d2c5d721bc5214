// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.program;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mirage.conformance.fuzz.draws.Choice;

/** Ways to choose between values of any type, and values that hold themselves. */
final class Cases {
  private final Choice choice;
  private final Expressions expressions;

  Cases(Choice choice, Expressions expressions) {
    this.choice = choice;
    this.expressions = expressions;
  }

  String any(Type type, Scope scope, int depth) {
    return switch (choice.below(7)) {
      case 0 -> numbers(type, scope, depth);
      case 1 -> characters(type, scope, depth);
      case 2 -> exceptions(type, scope, depth);
      case 3 -> sameReference(type, scope, depth);
      case 4 -> order(type, scope, depth);
      case 5 -> unknownFunctions(type, scope, depth);
      default -> circular(type, scope, depth);
    };
  }

  private String of(Type type, Scope scope, int depth) {
    return expressions.of(type, scope, depth - 1);
  }

  /** Enough cases for a table, with gaps. */
  private String numbers(Type type, Scope scope, int depth) {
    int low = choice.between(-4, 3);
    String x = expressions.fresh();
    Scope inner = scope.with(x, Type.INT);
    String cases =
        IntStream.range(low, low + choice.between(4, 13))
            .filter(n -> !choice.once(5))
            .mapToObj(n -> " | (%d) -> %s".formatted(n, of(type, inner, depth - 2)))
            .collect(Collectors.joining());
    return "(let %1$s = %2$s in match (%1$s land 15) - %3$d with%4$s | _ -> %5$s)"
        .formatted(
            x, of(Type.INT, scope, depth), choice.below(6), cases, of(type, inner, depth - 1));
  }

  private String characters(Type type, Scope scope, int depth) {
    return "(match char_at %s (%s land 7) with 'a' .. 'f' | 'x' -> %s | '0' .. '9' -> %s | ' ' -> %s | '\\200' .. '\\255' -> %s | _ -> %s)"
        .formatted(
            of(Type.STRING, scope, depth),
            of(Type.INT, scope, depth - 1),
            of(type, scope, depth - 1),
            of(type, scope, depth - 1),
            of(type, scope, depth - 2),
            of(type, scope, depth - 2),
            of(type, scope, depth - 1));
  }

  /** What is raised in the value and what is raised behind it are handled in different places. */
  private String exceptions(Type type, Scope scope, int depth) {
    Type from = choice.of(expressions.declarations().comparable());
    String x = expressions.fresh();
    String n = expressions.fresh();
    return "(try match (if %1$s then raise (Number %2$s) else %3$s) with exception Number %4$s when %5$s -> %6$s | %7$s -> (try %8$s with e -> if %9$s then raise e else %10$s) with Number %4$s -> %11$s)"
        .formatted(
            of(Type.BOOL, scope, depth - 1),
            of(Type.INT, scope, depth - 1),
            of(from, scope, depth - 1),
            n,
            of(Type.BOOL, scope.with(n, Type.INT), depth - 1),
            of(type, scope.with(n, Type.INT), depth - 1),
            x,
            of(type, scope.with(x, from), depth),
            of(Type.BOOL, scope.with(x, from), depth - 1),
            of(type, scope.with(x, from), depth - 1),
            of(type, scope.with(n, Type.INT), depth - 1));
  }

  /** Of what can be changed it is known whether it is the same. */
  private String sameReference(Type type, Scope scope, int depth) {
    String a = expressions.fresh();
    String b = expressions.fresh();
    return "(let %1$s = ref %2$s in let %3$s = if %4$s then %1$s else ref %5$s in %3$s := %6$s; if %1$s %7$s %3$s then !%1$s else %8$s)"
        .formatted(
            a,
            of(type, scope, depth),
            b,
            of(Type.BOOL, scope, depth - 1),
            of(type, scope, depth - 1),
            of(type, scope.with("!" + a, type), depth - 1),
            choice.of("==", "!="),
            of(type, scope.with("!" + b, type), depth - 1));
  }

  private String order(Type type, Scope scope, int depth) {
    Type compared = choice.of(expressions.declarations().comparable());
    String c = expressions.fresh();
    return "(let %1$s = compare %2$s %3$s in if %1$s < 0 then %4$s else if %1$s = 0 then %5$s else %6$s)"
        .formatted(
            c,
            of(compared, scope, depth),
            of(compared, scope, depth),
            of(type, scope, depth - 1),
            of(type, scope, depth - 1),
            of(type, scope, depth - 1));
  }

  /** Functions of a list, some with part of their arguments, each applied to what the one before gives. */
  private String unknownFunctions(Type type, Scope scope, int depth) {
    Type function = Type.of(Type.Kind.FUNCTION, type, type);
    Type longer = Type.of(Type.Kind.FUNCTION, Type.INT, type, type);
    List<String> functions =
        List.of(
            of(function, scope, depth),
            "(%s %s)".formatted(of(longer, scope, depth), of(Type.INT, scope, depth - 1)),
            of(function, scope, depth - 1));
    return "(List.fold_left (fun r f -> f r) %s [%s])"
        .formatted(
            of(type, scope, depth - 1),
            String.join("; ", functions.subList(0, choice.between(1, 3))));
  }

  /** A list that goes on for ever, by way of a second one, and a function beside it. */
  private String circular(Type type, Scope scope, int depth) {
    String l = expressions.fresh();
    String m = expressions.fresh();
    String f = expressions.fresh();
    return "(let %1$s = %4$s in let rec %2$s = %1$s :: %3$s and %3$s = %5$s :: %6$s :: %2$s and %7$s n = if n <= 0 then List.hd %2$s else if n = 1 then List.hd %3$s else List.nth %2$s n in %7$s (%8$s land 7))"
        .formatted(
            expressions.fresh(),
            l,
            m,
            of(type, scope, depth),
            of(type, scope, depth - 1),
            of(type, scope, depth - 1),
            f,
            of(Type.INT, scope, depth - 1));
  }

  /** Takes a value out of something that holds some; now and then without looking whether there is one. */
  String element(Type type, Scope scope, int depth) {
    String index = expressions.of(Type.INT, scope, depth - 1);
    return switch (choice.below(8)) {
      case 0, 1 ->
          "(! %s)".formatted(expressions.of(Type.of(Type.Kind.REF, type), scope, depth - 1));
      case 2 ->
          "(%s.(%s land 3))"
              .formatted(expressions.of(Type.of(Type.Kind.ARRAY, type), scope, depth - 1), index);
      case 3, 4 -> {
        String a = expressions.fresh();
        yield "(let %1$s = %2$s in if %1$s = [||] then %3$s else %1$s.((%4$s land 0xFFFF) mod Array.length %1$s))"
            .formatted(
                a,
                expressions.of(Type.of(Type.Kind.ARRAY, type), scope, depth - 1),
                expressions.of(type, scope, depth - 1),
                index);
      }
      case 5 ->
          "(List.hd %s)".formatted(expressions.of(Type.of(Type.Kind.LIST, type), scope, depth - 1));
      case 6 -> {
        String x = expressions.fresh();
        yield "(match %s with %s :: _ -> %s | [] -> %s)"
            .formatted(
                expressions.of(Type.of(Type.Kind.LIST, type), scope, depth - 1),
                x,
                expressions.of(type, scope.with(x, type), depth - 1),
                expressions.of(type, scope, depth - 1));
      }
      default -> "(Lazy.force (lazy %s))".formatted(expressions.of(type, scope, depth - 1));
    };
  }
}
