// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.program;

import java.util.List;
import mirage.conformance.fuzz.draws.Choice;

/** Loops, and what they carry round: numbers in references and parameters, handlers, closures, elements of arrays. */
final class Loops {
  private static final List<Type> NUMBERS =
      List.of(Type.INT, Type.FLOAT, Type.FLOAT, Type.INT32, Type.INT64, Type.NATIVEINT);

  private final Choice choice;
  private final Expressions expressions;

  Loops(Choice choice, Expressions expressions) {
    this.choice = choice;
    this.expressions = expressions;
  }

  String any(Type type, Scope scope, int depth) {
    return switch (choice.below(7)) {
      case 0 -> accumulators(type, scope, depth);
      case 1 -> parameters(type, scope, depth);
      case 2 -> handlers(type, scope, depth);
      case 3 -> closures(type, scope, depth);
      case 4 -> elements(type, scope, depth);
      case 5 -> bytes(type, scope, depth);
      default -> captured(type, scope, depth);
    };
  }

  private String of(Type type, Scope scope, int depth) {
    return expressions.of(type, scope, depth - 1);
  }

  /** The head of a for loop, up to {@code do}, also round the ends of int and with nothing to do. */
  private String head(String i) {
    String bounds =
        switch (choice.below(6)) {
          case 0 -> "= 5 downto 0";
          case 1 -> "= %d to %d".formatted(choice.between(0, 4), choice.between(-2, 3));
          case 2 -> "= %d downto %d".formatted(choice.between(-1, 3), choice.between(-3, 4));
          case 3 -> "= max_int - 2 to max_int";
          case 4 -> "= min_int + 1 downto min_int";
          default -> "= 0 to " + choice.below(7);
        };
    return "for %s %s do".formatted(i, bounds);
  }

  /** Two references to numbers, each of which the other may depend on. */
  private String accumulators(Type type, Scope scope, int depth) {
    Type first = choice.of(NUMBERS);
    Type second = choice.of(NUMBERS);
    String a = expressions.fresh();
    String b = expressions.fresh();
    String i = expressions.fresh();
    Scope after = scope.with("!" + a, first).with("!" + b, second);
    Scope inner = after.with(i, Type.INT);
    return "(let %1$s = ref %2$s and %3$s = ref %4$s in %5$s %1$s := %6$s; if %7$s then %3$s := %8$s done; %9$s)"
        .formatted(
            a,
            of(first, scope, depth - 1),
            b,
            of(second, scope, depth - 1),
            head(i),
            of(first, inner, depth),
            of(Type.BOOL, inner, depth - 1),
            of(second, inner, depth),
            of(type, after, depth));
  }

  /** The same as a function that calls itself last. */
  private String parameters(Type type, Scope scope, int depth) {
    Type first = choice.of(NUMBERS);
    Type second = choice.of(NUMBERS);
    String f = expressions.fresh();
    String n = expressions.fresh();
    String a = expressions.fresh();
    String b = expressions.fresh();
    Scope inner = scope.with(n, Type.INT).with(a, first).with(b, second);
    return "(let rec %1$s %2$s (%3$s : %4$s) (%5$s : %6$s) = if %2$s > %7$d then %8$s else if %9$s then %1$s (%2$s + 2) %10$s %5$s else %1$s (%2$s + 1) %3$s %11$s in %1$s 0 %12$s %13$s)"
        .formatted(
            f,
            n,
            a,
            first.text(),
            b,
            second.text(),
            choice.below(9),
            of(type, inner, depth),
            of(Type.BOOL, inner, depth - 1),
            of(first, inner, depth),
            of(second, inner, depth),
            of(first, scope, depth - 1),
            of(second, scope, depth - 1));
  }

  /** A handler round a loop, one in it, and what they change. */
  private String handlers(Type type, Scope scope, int depth) {
    String r = expressions.fresh();
    String i = expressions.fresh();
    String n = expressions.fresh();
    Scope after = scope.with("!" + r, type);
    Scope inner = after.with(i, Type.INT);
    return "(let %1$s = ref %2$s in (try %3$s (try if %4$s then raise Not_found; %1$s := %5$s; if %6$s then raise (Number %7$s) with Not_found -> %1$s := %8$s | Number %9$s when %9$s land 1 = 0 -> %10$s); if %11$s then raise_notrace Exit done with Exit -> () | Number %9$s -> %1$s := %12$s); !%1$s)"
        .formatted(
            r,
            of(type, scope, depth - 1),
            head(i),
            of(Type.BOOL, inner, depth - 1),
            of(type, inner, depth),
            of(Type.BOOL, inner, depth - 1),
            of(Type.INT, inner, depth - 1),
            of(type, inner, depth - 1),
            n,
            of(Type.UNIT, inner.with(n, Type.INT), depth - 1),
            of(Type.BOOL, inner, depth - 1),
            of(type, after.with(n, Type.INT), depth - 1));
  }

  /** Functions made by each round, called behind the loop. */
  private String closures(Type type, Scope scope, int depth) {
    String made = expressions.fresh();
    String i = expressions.fresh();
    String x = expressions.fresh();
    Type held = choice.of(NUMBERS);
    Scope inner = scope.with(i, Type.INT);
    return "(let %1$s = ref [] in %2$s let %3$s = %4$s in %1$s := (fun () -> %5$s) :: !%1$s done; match List.map (fun f -> f ()) !%1$s with %3$s :: _ -> %3$s | [] -> %6$s)"
        .formatted(
            made,
            head(i),
            x,
            of(held, inner, depth - 1),
            of(type, inner.with(x, held), depth),
            of(type, scope, depth - 1));
  }

  /** An array of what is wanted; now and then the loop leaves it. */
  private String elements(Type type, Scope scope, int depth) {
    String a = expressions.fresh();
    String i = expressions.fresh();
    int length = choice.between(1, 6);
    Scope after =
        scope.with("(%s.(%d))".formatted(a, choice.below(choice.once(6) ? 9 : length)), type);
    Scope inner = after.with(i, Type.INT);
    return "(let %1$s = Array.make %2$d %3$s in for %4$s = %5$d to %6$d do %1$s.(%4$s) <- %7$s done; %8$s)"
        .formatted(
            a,
            length,
            of(type, scope, depth - 1),
            i,
            choice.below(2),
            choice.once(6) ? length : length - 1,
            of(type, inner, depth),
            of(type, after, depth - 1));
  }

  private String bytes(Type type, Scope scope, int depth) {
    String b = expressions.fresh();
    String i = expressions.fresh();
    int length = choice.between(8, 17);
    Scope after =
        scope
            .with("(Bytes.to_string %s)".formatted(b), Type.STRING)
            .with("(Char.code (Bytes.get %s %d))".formatted(b, choice.below(length)), Type.INT)
            .with("(Bytes.get_int32_be %s %d)".formatted(b, choice.below(length)), Type.INT32)
            .with("(Bytes.get_int64_le %s %d)".formatted(b, choice.below(length)), Type.INT64)
            .with("(Bytes.get_int16_le %s %d)".formatted(b, choice.below(length)), Type.INT);
    Scope inner = after.with(i, Type.INT);
    return "(let %1$s = Bytes.make %2$d 'x' in for %3$s = 0 to %4$d do Bytes.set %1$s %3$s (Char.unsafe_chr (%5$s land 255)) done; %6$s %1$s %7$d %8$s; %9$s)"
        .formatted(
            b,
            length,
            i,
            choice.once(8) ? length : length - 1,
            of(Type.INT, inner, depth),
            choice.of("Bytes.set_int8", "Bytes.set_uint8", "Bytes.set_int16_be"),
            choice.below(length),
            of(Type.INT, after, depth - 1),
            of(type, after, depth));
  }

  /** A variable that a function changes while a loop reads it. */
  private String captured(Type type, Scope scope, int depth) {
    String r = expressions.fresh();
    String f = expressions.fresh();
    String x = expressions.fresh();
    String i = expressions.fresh();
    Type held = choice.of(NUMBERS);
    Scope after = scope.with("!" + r, held);
    Scope inner = after.with(i, Type.INT).with("(%s %s; !%s)".formatted(f, i, r), held);
    return "(let %1$s = ref %2$s in let %3$s %4$s = %1$s := %5$s in %6$s if %7$s then %3$s %8$s else %1$s := %9$s done; %10$s)"
        .formatted(
            r,
            of(held, scope, depth - 1),
            f,
            x,
            of(held, after.with(x, Type.INT), depth - 1),
            head(i),
            of(Type.BOOL, inner, depth - 1),
            of(Type.INT, inner, depth - 1),
            of(held, inner, depth),
            of(type, after, depth));
  }
}
