// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.program;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import mirage.conformance.fuzz.draws.Choice;

/**
 * Values that are bound together and hold each other, of every shape {@code let rec} allows: functions, lazy values,
 * lists, tuples, records, arrays, constructors, and values that hold none of them.
 */
final class Recursion {
  /** How deep they call each other. */
  private static final int FUEL = 4;

  private enum Shape {
    FUNCTION,
    LAZY,
    LIST,
    TUPLE,
    RECORD,
    ARRAY,
    OPTION,
    PLAIN
  }

  /**
   * One of the group.
   *
   * @param type of a function's second parameter, unit if it has none, or of a plain value
   */
  private record Member(String name, Shape shape, Type type) {}

  private final Choice choice;
  private final Expressions expressions;
  private final boolean safe;

  private Recursion(Choice choice, Expressions expressions, boolean safe) {
    this.choice = choice;
    this.expressions = expressions;
    this.safe = safe;
  }

  Recursion(Choice choice, Expressions expressions) {
    this(choice, expressions, false);
  }

  /** For groups whose binding raises no exception. */
  static Recursion safe(Choice choice, Expressions expressions) {
    return new Recursion(choice, expressions, true);
  }

  String any(Type type, Scope scope, int depth) {
    List<Member> group = group();
    Scope inside = uses(group, type, scope, String.valueOf(FUEL));
    String bound = "let rec " + bindings(group, type, scope);
    String use = of(type, inside, depth);
    return switch (choice.below(6)) {
      case 0, 1 -> "(%s in %s)".formatted(bound, use);
      case 2 -> many(bound, type, use, scope);
      case 3 ->
          "(let module %1$s = struct %2$s let use () = %3$s end in %1$s.use ())"
              .formatted("M" + expressions.fresh(), bound, use);
      case 4 ->
          "(let module %1$s (X : sig val x : int end) = struct %2$s let use () = ignore X.x; %3$s end in let module %4$s = %1$s (struct let x = 1 end) in %4$s.use ())"
              .formatted("F" + expressions.fresh(), bound, use, "A" + expressions.fresh());
      default -> "((object method use = %s in %s end)#use)".formatted(bound, use);
    };
  }

  /** A group of the program itself: its text, and the scope with what it gives. */
  Scope item(StringBuilder text, Scope scope) {
    Type type = choice.of(expressions.declarations().comparable());
    List<Member> group = group();
    text.append("let rec ").append(bindings(group, type, scope)).append("\n");
    return uses(group, type, scope, String.valueOf(FUEL));
  }

  /** Modules that need each other. */
  Scope modules(StringBuilder text, Scope scope) {
    Type type = choice.of(expressions.declarations().comparable());
    String a = "A" + expressions.fresh();
    String b = "B" + expressions.fresh();
    text.append(
        "module rec %s : sig val f : int -> %s val l : %2$s Lazy.t end = "
            .formatted(a, type.text()));
    text.append(structure(type, scope, b));
    text.append(
        " and %s : sig val f : int -> %s val l : %2$s Lazy.t end = ".formatted(b, type.text()));
    text.append(structure(type, scope, a)).append("\n");
    return scope
        .with("(%s.f %d)".formatted(a, choice.below(5)), type)
        .with("(Lazy.force %s.l)".formatted(b), type);
  }

  private String structure(Type type, Scope scope, String other) {
    Scope inner = scope.with("n", Type.INT).with("(%s.f (n - 1))".formatted(other), type);
    Scope lazily =
        scope
            .with("(%s.f 2)".formatted(other), type)
            .with("(Lazy.force %s.l)".formatted(other), type);
    return "struct let f n = if n <= 0 || not (tick ()) then %s else %s let l = lazy %s end"
        .formatted(of(type, scope, 1), of(type, inner, 2), of(type, lazily, 2));
  }

  private String of(Type type, Scope scope, int depth) {
    return expressions.of(type, scope, depth - 1);
  }

  /** What is evaluated before anything is bound. */
  private String before(Type type, Scope scope, int depth) {
    String value = of(type, scope, depth);
    return safe
        ? "(try %s with _ -> %s)".formatted(value, expressions.of(type, Scope.EMPTY, 0))
        : value;
  }

  private List<Member> group() {
    List<Member> group = new ArrayList<>();
    for (int i = choice.between(2, 5); i > 0; i--) {
      Shape shape =
          choice.of(
              List.of(
                  Shape.FUNCTION,
                  Shape.FUNCTION,
                  Shape.FUNCTION,
                  Shape.LAZY,
                  Shape.LAZY,
                  Shape.LIST,
                  Shape.TUPLE,
                  Shape.RECORD,
                  Shape.ARRAY,
                  Shape.OPTION,
                  Shape.PLAIN,
                  Shape.PLAIN));
      Type type =
          switch (choice.below(4)) {
            case 0 -> Type.INT;
            case 1 -> choice.of(expressions.declarations().types());
            default -> shape == Shape.FUNCTION ? Type.UNIT : Type.INT;
          };
      group.add(new Member(expressions.fresh(), shape, type));
    }
    return group;
  }

  private String bindings(List<Member> group, Type type, Scope scope) {
    return group.stream()
        .map(member -> binding(member, group, type, scope))
        .collect(Collectors.joining(" and "));
  }

  /** What the members are good for behind their binding, or in a function of it. */
  private Scope uses(List<Member> group, Type type, Scope scope, String fuel) {
    Scope inner = scope;
    for (Member member : group) {
      String name = member.name();
      switch (member.shape()) {
        case FUNCTION ->
            inner =
                inner.with(
                    "(%s (%s))".formatted(choice.of(name, "Sys.opaque_identity " + name), fuel),
                    member.type() == Type.UNIT
                        ? type
                        : Type.of(Type.Kind.FUNCTION, member.type(), type));
        case LAZY -> inner = inner.with("(Lazy.force " + name + ")", type);
        case LIST -> inner = inner.with("(List.nth %s %d)".formatted(name, choice.below(4)), type);
        case TUPLE -> inner = inner.with("(fst %s (%s))".formatted(name, fuel), type);
        case RECORD ->
            inner =
                inner
                    .with("(%s.call (%s))".formatted(name, fuel), type)
                    .with("(Lazy.force %s.next.value)".formatted(name), type);
        case ARRAY -> inner = inner.with("(%s.(0) (%s))".formatted(name, fuel), type);
        case OPTION -> inner = inner.with("(Option.get %s (%s))".formatted(name, fuel), type);
        case PLAIN -> inner = inner.with(name, member.type());
      }
    }
    return inner;
  }

  /** Whatever is needed of the others is needed only later. */
  private String binding(Member member, List<Member> group, Type type, Scope scope) {
    String name = member.name();
    return switch (member.shape()) {
      case FUNCTION -> name + function(member, group, type, scope);
      case LAZY ->
          "%s : %s Lazy.t = %s".formatted(name, type.text(), suspended(group, type, scope));
      case LIST -> {
        List<Member> lists = group.stream().filter(m -> m.shape() == Shape.LIST).toList();
        yield "%s : %s list = %s :: %s :: %s"
            .formatted(
                name,
                type.text(),
                before(type, scope, 2),
                before(type, scope, 1),
                choice.of(lists).name());
      }
      case TUPLE -> {
        Type held = choice.of(expressions.declarations().comparable());
        yield "%s : (int -> %s) * %s = (%s, %s)"
            .formatted(
                name,
                type.text(),
                held.text(),
                closure(group, type, scope),
                before(held, scope, 2));
      }
      case RECORD -> {
        List<Member> records = group.stream().filter(m -> m.shape() == Shape.RECORD).toList();
        yield "%s : %s knot = { call = %s; next = %s; value = %s }"
            .formatted(
                name,
                type.text(),
                closure(group, type, scope),
                choice.of(records).name(),
                suspended(group, type, scope));
      }
      case ARRAY ->
          "%s : (int -> %s) array = [| %s; %s |]"
              .formatted(
                  name, type.text(), closure(group, type, scope), closure(group, type, scope));
      case OPTION ->
          "%s : (int -> %s) option = Some %s"
              .formatted(name, type.text(), closure(group, type, scope));
      case PLAIN ->
          "%s : %s = %s".formatted(name, member.type().text(), before(member.type(), scope, 3));
    };
  }

  /** A step is taken first: of a value that is known already none would be suspended. */
  private String suspended(List<Member> group, Type type, Scope scope) {
    return "lazy (ignore (tick ()); %s)".formatted(later(group, type, scope, "1"));
  }

  private String later(List<Member> group, Type type, Scope scope, String fuel) {
    return of(type, uses(group, type, scope, fuel), 3);
  }

  /** With one parameter or two, perhaps with something at hand that only it has. */
  private String function(Member member, List<Member> group, Type type, Scope scope) {
    String n = expressions.fresh();
    String p = expressions.fresh();
    String c = expressions.fresh();
    Type held = choice.of(expressions.declarations().comparable());
    boolean holds = choice.once(4);
    boolean unary = member.type() == Type.UNIT;
    Scope own = unary ? scope.with(n, Type.INT) : scope.with(n, Type.INT).with(p, member.type());
    String parameter = unary ? "" : " (%s : %s)".formatted(p, member.type().text());
    String arrow = unary ? "" : member.type().text() + " -> ";
    own = holds ? own.with(c, held) : own;
    String body =
        "if %1$s <= 0 || not (tick ()) then %2$s else %3$s"
            .formatted(n, of(type, scope, 1), later(group, type, own, n + " - 1"));
    if (holds) {
      return " : int -> %s%s = (let %s : %s = %s in fun %s%s -> %s)"
          .formatted(
              arrow, type.text(), c, held.text(), before(held, scope, 2), n, parameter, body);
    }
    return " %s%s : %s = %s".formatted(n, parameter, type.text(), body);
  }

  private String closure(List<Member> group, Type type, Scope scope) {
    List<Member> functions =
        group.stream().filter(m -> m.shape() == Shape.FUNCTION && m.type() == Type.UNIT).toList();
    if (!functions.isEmpty() && choice.once(2)) {
      return choice.of(functions).name();
    }
    String n = expressions.fresh();
    Scope own = scope.with(n, Type.INT);
    return "(fun %1$s -> if %1$s <= 0 || not (tick ()) then %2$s else %3$s)"
        .formatted(n, of(type, scope, 1), later(group, type, own, n + " - 1"));
  }

  /** Made again and again among other values, which have to be what they were afterwards. */
  private String many(String bound, Type type, String use, Scope scope) {
    String made =
        "List.init %d (fun i -> let before = Array.make 2 i in %s in let after = (i, i + 1) in (before, after, (fun () -> %s)))"
            .formatted(choice.between(1, 6), bound, use);
    return "(let l = %s in %s; List.fold_left (fun (_ : %s) (b, (x, y), u) -> if Array.length b <> 2 || b.(0) <> x || b.(1) <> x || y <> x + 1 then failwith \"overwritten\" else u ()) %s l)"
        .formatted(
            made,
            choice.of(
                "collect Gc.full_major", "collect Gc.minor", "garbage 200", "collect Gc.compact"),
            type.text(),
            of(type, scope, 1));
  }
}
