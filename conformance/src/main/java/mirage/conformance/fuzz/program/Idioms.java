// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.program;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import mirage.conformance.fuzz.draws.Choice;

/** Larger pieces of a program that give a value of any type: what programs are made of besides expressions. */
final class Idioms {
  private final Choice choice;
  private final Expressions expressions;

  Idioms(Choice choice, Expressions expressions) {
    this.choice = choice;
    this.expressions = expressions;
  }

  private Type anyComparable() {
    return choice.of(expressions.declarations().comparable());
  }

  private String of(Type type, Scope scope, int depth) {
    return expressions.of(type, scope, depth - 1);
  }

  String any(Type type, Scope scope, int depth) {
    return switch (choice.below(14)) {
      case 0 -> mutualRecursion(type, scope, depth);
      case 1 -> localModule(type, scope, depth);
      case 2 -> localFunctor(type, scope, depth);
      case 3 -> firstClassModule(type, scope, depth);
      case 4 -> object(type, scope, depth);
      case 5 -> localException(type, scope, depth);
      case 6 -> manyParameters(type, scope, depth);
      case 7 -> labels(type, scope, depth);
      case 8 -> weak(type, scope, depth);
      case 9 -> deep(type, scope, depth);
      case 10 -> table(type, scope, depth);
      case 11 -> protectedFinally(type, scope, depth);
      case 12 -> counter(type, scope, depth);
      default -> polymorphicVariant(type, scope, depth);
    };
  }

  private String mutualRecursion(Type type, Scope scope, int depth) {
    String f = expressions.fresh();
    String g = expressions.fresh();
    String n = expressions.fresh();
    Type carried = anyComparable();
    String x = expressions.fresh();
    Scope inner = scope.with(n, Type.INT).with(x, carried);
    return "(let rec %1$s %3$s (%4$s : %5$s) = if %3$s <= 0 then %6$s else %2$s (%3$s - 1) %7$s and %2$s %3$s (%4$s : %5$s) = if %3$s <= 0 then %8$s else %1$s (%3$s - 1) %9$s in %1$s %10$d %11$s)"
        .formatted(
            f,
            g,
            n,
            x,
            carried.text(),
            of(type, inner, depth),
            of(carried, inner, depth - 1),
            of(type, inner, depth - 1),
            of(carried, inner, depth - 1),
            choice.below(7),
            of(carried, scope, depth - 1));
  }

  private String localModule(Type type, Scope scope, int depth) {
    Type held = anyComparable();
    String m = "M" + expressions.fresh();
    return "(let module %1$s = struct let v : %2$s = %3$s let w () = v end in %4$s)"
        .formatted(
            m,
            held.text(),
            of(held, scope, depth),
            of(type, scope.with(m + ".v", held).with("(" + m + ".w ())", held), depth));
  }

  private String localFunctor(Type type, Scope scope, int depth) {
    Type held = anyComparable();
    String f = "F" + expressions.fresh();
    String a = "A" + expressions.fresh();
    String b = "B" + expressions.fresh();
    return "(let module %1$s (X : sig val x : %2$s end) = struct let y : %3$s = %4$s let z () = X.x end in let module %5$s = %1$s (struct let x = %6$s end) in let module %7$s = %1$s (struct let x = %5$s.z () end) in if %7$s.z () = %5$s.z () then %7$s.y else %5$s.y)"
        .formatted(
            f,
            held.text(),
            type.text(),
            of(type, scope.with("X.x", held), depth),
            a,
            of(held, scope, depth),
            b);
  }

  private String firstClassModule(Type type, Scope scope, int depth) {
    String m = "M" + expressions.fresh();
    String x = expressions.fresh();
    String y = expressions.fresh();
    Scope inner = scope.with(x, type).with(y, type);
    return "(let module %1$s = (val (if %2$s then (module struct type t = %3$s let zero = %4$s let op (%5$s : t) (%6$s : t) : t = %7$s let show _ = \"\" end) else (module struct type t = %3$s let zero = %8$s let op (%5$s : t) (_ : t) = %5$s let show _ = \"\" end) : (module MONOID with type t = %3$s))) in %1$s.op %1$s.zero %9$s)"
        .formatted(
            m,
            of(Type.BOOL, scope, depth - 1),
            type.text(),
            of(type, scope, depth - 1),
            x,
            y,
            of(type, inner, depth - 1),
            of(type, scope, depth - 2),
            of(type, scope, depth - 1));
  }

  private String object(Type type, Scope scope, int depth) {
    String o = expressions.fresh();
    String x = expressions.fresh();
    Type held = anyComparable();
    Scope self = scope.with("(" + o + "#get)", held);
    return "(let %1$s = object (%1$s) val mutable held : %2$s = %3$s method get = held method set (%4$s : %2$s) = held <- %4$s method run (%4$s : %2$s) : %5$s = %1$s#set %4$s; %6$s end in %1$s#set %7$s; %1$s#run %8$s)"
        .formatted(
            o,
            held.text(),
            of(held, scope, depth - 1),
            x,
            type.text(),
            of(type, self.with(x, held), depth),
            of(held, self, depth - 1),
            of(held, scope, depth - 1));
  }

  private String localException(Type type, Scope scope, int depth) {
    String e = "E" + expressions.fresh();
    String x = expressions.fresh();
    Type carried = anyComparable();
    return "(let exception %1$s of %2$s * %3$s in try List.iter (fun %4$s -> if %5$s then raise (%1$s (%4$s, %6$s))) %7$s; %8$s with %1$s (%4$s, r) -> if %9$s then r else %10$s)"
        .formatted(
            e,
            carried.text(),
            type.text(),
            x,
            of(Type.BOOL, scope.with(x, carried), depth - 1),
            of(type, scope.with(x, carried), depth - 1),
            of(Type.of(Type.Kind.LIST, carried), scope, depth - 1),
            of(type, scope, depth - 1),
            of(Type.BOOL, scope.with(x, carried), depth - 1),
            of(type, scope.with(x, carried), depth - 1));
  }

  /** More parameters than registers, of all kinds; called whole, in parts, and through an unknown function. */
  private String manyParameters(Type type, Scope scope, int depth) {
    String f = expressions.fresh();
    List<Type> types = new ArrayList<>();
    Scope inner = scope;
    StringBuilder text = new StringBuilder("(let rec " + f + " again");
    for (int i = choice.between(6, 13); i > 0; i--) {
      Type parameter = anyComparable();
      String name = expressions.fresh();
      text.append(" (%s : %s)".formatted(name, parameter.text()));
      types.add(parameter);
      inner = inner.with(name, parameter);
    }
    Scope seen = inner;
    String recursive =
        types.stream().map(t -> of(t, seen, depth - 2)).collect(Collectors.joining(" "));
    text.append(
        " : %s = if again then %s false %s else %s in "
            .formatted(type.text(), f, recursive, of(type, inner, depth)));
    List<String> arguments = types.stream().map(t -> of(t, scope, depth - 1)).toList();
    int cut = choice.below(arguments.size());
    String known = f + " " + of(Type.BOOL, scope, 1);
    return text
        + switch (choice.below(3)) {
          case 0 -> known + " " + String.join(" ", arguments) + ")";
          case 1 ->
              "let p = %s %s in p %s)"
                  .formatted(
                      known,
                      String.join(" ", arguments.subList(0, cut)),
                      String.join(" ", arguments.subList(cut, arguments.size())));
          default -> "Sys.opaque_identity (%s) %s)".formatted(known, String.join(" ", arguments));
        };
  }

  private String labels(Type type, Scope scope, int depth) {
    String f = expressions.fresh();
    Type a = anyComparable();
    Type b = anyComparable();
    Scope inner = scope.with("left", a).with("right", b);
    String body =
        "let %s ?(left : %s = %s) ~(right : %s) () : %s = %s in "
            .formatted(
                f,
                a.text(),
                of(a, scope, depth - 1),
                b.text(),
                type.text(),
                of(type, inner, depth));
    return "("
        + body
        + switch (choice.below(3)) {
          case 0 -> "%s ~right:%s ())".formatted(f, of(b, scope, depth - 1));
          case 1 ->
              "%s ~right:%s ~left:%s ())"
                  .formatted(f, of(b, scope, depth - 1), of(a, scope, depth - 1));
          default ->
              "let g = %s ?left:(if %s then Some %s else None) in g ~right:%s ())"
                  .formatted(
                      f,
                      of(Type.BOOL, scope, depth - 1),
                      of(a, scope, depth - 1),
                      of(b, scope, depth - 1));
        };
  }

  /**
   * A weak pointer to what is written to later keeps it: Sys.opaque_identity is nothing in bytecode, so it holds nothing in
   * compiled code. A finaliser that runs is of no consequence.
   */
  private String weak(Type type, Scope scope, int depth) {
    String w = expressions.fresh();
    String v = expressions.fresh();
    return "(let %1$s = ref %3$s in let %2$s = Weak.create 2 in Weak.set %2$s 1 (Some %1$s); Gc.finalise (fun r -> finalised := !finalised + 1; ignore (Sys.opaque_identity !r)) (ref (Some !%1$s)); %4$s; let r = (match Weak.get %2$s 1 with Some r -> !r | None -> failwith \"weak\") in %1$s := r; held := Obj.repr %1$s; !%1$s)"
        .formatted(v, w, of(type, scope, depth), of(Type.UNIT, scope, depth));
  }

  private String deep(Type type, Scope scope, int depth) {
    String n = expressions.fresh();
    return "(deep %d (fun %s -> %s))"
        .formatted(choice.below(600), n, of(type, scope.with(n, Type.INT), depth));
  }

  private String table(Type type, Scope scope, int depth) {
    String t = expressions.fresh();
    Type key = choice.of(List.of(Type.INT, Type.STRING, Type.INT64, anyComparable()));
    String make =
        choice.once(2)
            ? "(let %1$s = Hashtbl.create 1 in List.iter (fun (k, v) -> Hashtbl.replace %1$s k v) %2$s; match Hashtbl.find_opt %1$s %3$s with Some r -> r | None -> %4$s)"
            : "(let %1$s = List.fold_left (fun m (k, v) -> Tree.add k v m) Tree.empty %2$s in match Tree.find_opt %3$s %1$s with Some r -> r | None -> %4$s)";
    // A table has keys of one type, the map those that are compared.
    Type pair = Type.of(Type.Kind.TUPLE, key, type);
    return make.formatted(
        t,
        of(Type.of(Type.Kind.LIST, pair), scope, depth),
        of(key, scope, depth - 1),
        of(type, scope, depth - 1));
  }

  private String protectedFinally(Type type, Scope scope, int depth) {
    return "(try Fun.protect ~finally:(fun () -> ignore %s) (fun () -> %s) with Number _ -> %s)"
        .formatted(
            choice.once(3) ? "(garbage 5)" : of(Type.INT, scope, 1),
            of(type, scope, depth),
            of(type, scope, depth - 2));
  }

  /** Closures that share what they change. */
  private String counter(Type type, Scope scope, int depth) {
    String r = expressions.fresh();
    String set = expressions.fresh();
    String get = expressions.fresh();
    Scope inner = scope.with("(" + get + " ())", type);
    return "(let %1$s = ref %4$s in let %2$s x = let old = !%1$s in %1$s := x; old and %3$s () = !%1$s in ignore (%2$s %5$s); let old = %2$s %6$s in if %7$s then old else %3$s ())"
        .formatted(
            r,
            set,
            get,
            of(type, scope, depth - 1),
            of(type, inner, depth - 1),
            of(type, inner, depth - 1),
            of(Type.BOOL, inner, depth - 1));
  }

  private String polymorphicVariant(Type type, Scope scope, int depth) {
    Type held = anyComparable();
    String x = expressions.fresh();
    String index = of(Type.INT, scope, depth - 1);
    return "(match (match %1$s land 7 with 0 -> `A | 1 -> `B %2$s | 2 -> `C (%2$s, %1$s) | 3 -> `D | 4 -> `Everything | n -> `F n) with `A | `D -> %3$s | `B %4$s | `C (%4$s, _) -> %5$s | `Everything -> %6$s | `F _ -> %7$s)"
        .formatted(
            index,
            of(held, scope, depth - 1),
            of(type, scope, depth - 1),
            x,
            of(type, scope.with(x, held), depth - 1),
            of(type, scope, depth - 2),
            of(type, scope, depth - 1));
  }
}
