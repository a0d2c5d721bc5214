// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.program;

import java.util.List;
import mirage.conformance.fuzz.draws.Choice;

/** What looks into values of any type: marshalling, hashing, comparison, copies, their tags and sizes. */
final class Structures {
  private static final List<Type> WITHOUT_FLOATS =
      List.of(
          Type.of(Type.Kind.LIST, Type.INT),
          Type.of(Type.Kind.LIST, Type.of(Type.Kind.TUPLE, Type.INT64, Type.STRING)),
          Type.of(Type.Kind.ARRAY, Type.INT32),
          Type.of(Type.Kind.OPTION, Type.NATIVEINT),
          Type.of(Type.Kind.ARRAY, Type.STRING));

  private final Choice choice;
  private final Expressions expressions;

  Structures(Choice choice, Expressions expressions) {
    this.choice = choice;
    this.expressions = expressions;
  }

  private String of(Type type, Scope scope, int depth) {
    return expressions.of(type, scope, depth - 1);
  }

  String any(Type type, Scope scope, int depth) {
    Type looked = choice.of(expressions.declarations().comparable());
    String x = expressions.fresh();
    String y = expressions.fresh();
    String value = of(looked, scope, depth);
    Scope inner = scope.with(x, looked).with(y, looked);
    return switch (choice.below(6)) {
      case 0 ->
          "(let %1$s = %2$s in let %3$s : %4$s = Marshal.from_string (Marshal.to_string %1$s [%5$s]) 0 in if compare %1$s %3$s <> 0 then failwith \"marshalled\" else %6$s)"
              .formatted(
                  x,
                  value,
                  y,
                  looked.text(),
                  choice.of("", "Marshal.No_sharing", "Marshal.Closures"),
                  of(type, inner, depth - 1));
      case 1 ->
          "(let %1$s = %2$s in let %3$s = %4$s in if (compare %1$s %3$s = 0) <> (Hashtbl.hash %1$s = Hashtbl.hash %3$s) then %5$s else %6$s)"
              .formatted(
                  x,
                  value,
                  y,
                  of(looked, scope, depth),
                  of(type, inner, depth - 1),
                  of(type, inner, depth - 2));
      case 2 -> digest(type, scope, depth);
      case 3 -> closure(type, scope, depth);
      case 4 ->
          "(let %1$s = (%2$s, %3$s) in let %4$s = Obj.repr %1$s in if Obj.size %4$s = 2 && Obj.tag %4$s = 0 then (let (_, r) = %1$s in r) else failwith \"pair\")"
              .formatted(x, value, of(type, scope, depth), y);
      default ->
          "(let %1$s = %2$s in match compare (%1$s, fun () -> %1$s) (%3$s, fun () -> %1$s) with exception Invalid_argument _ -> %4$s | c -> if c < 0 then %5$s else %4$s)"
              .formatted(
                  x,
                  value,
                  of(looked, scope, depth),
                  of(type, scope, depth - 1),
                  of(type, scope.with(x, looked), depth - 1));
    };
  }

  /** The bytes of a marshalled value are the same everywhere. */
  private String digest(Type type, Scope scope, int depth) {
    Type looked = choice.of(WITHOUT_FLOATS);
    String x = expressions.fresh();
    return "(let %1$s = Digest.to_hex (Digest.string (Marshal.to_string %2$s [Marshal.No_sharing])) in %3$s)"
        .formatted(x, of(looked, scope, depth), of(type, scope.with(x, Type.STRING), depth - 1));
  }

  /** A function read back: what it holds is its own, so it must not change anything. */
  private String closure(Type type, Scope scope, int depth) {
    String f = expressions.fresh();
    return "(let %1$s = (let a = %2$s and b = %3$s and c = %4$s in fun x -> if x > a then float_of_int x +. b else b +. float_of_int (String.length c)) in let %1$s : int -> float = Marshal.from_string (Marshal.to_string %1$s [Marshal.Closures]) 0 in %5$s)"
        .formatted(
            f,
            of(Type.INT, scope, depth - 1),
            of(Type.FLOAT, scope, depth - 1),
            of(Type.STRING, scope, depth - 1),
            of(type, scope.with("(%s %d)".formatted(f, choice.below(9)), Type.FLOAT), depth - 1));
  }
}
