// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.program;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mirage.conformance.fuzz.draws.Choice;

/**
 * Statements over places: nests of loops with handlers in and around them, values and parts of places that are at hand
 * across both, and everything that raises an exception.
 */
final class Statements {
  private static final int DEPTH = 4;

  /** Rounds of all loops of a nest, multiplied; of a nest without calls. */
  private static final int ROUNDS = 100;

  private static final int LEAN_ROUNDS = 500;

  private final Choice choice;
  private final Expressions expressions;
  private final Places places;
  private final Failures failures;
  private final Arithmetic arithmetic;

  Statements(Choice choice, Expressions expressions) {
    this.choice = choice;
    this.expressions = expressions;
    this.places = new Places(choice, expressions);
    this.failures = new Failures(choice, expressions);
    this.arithmetic = new Arithmetic(choice, expressions);
  }

  /** A value of a type behind some statements. */
  String any(Type type, Scope scope, int depth) {
    Context context = declared(scope, choice.between(1, 3));
    Scope after = loads(context);
    return "(%s%s; %s)"
        .formatted(
            declarations(context), block(context, 3), expressions.of(type, after, depth - 1));
  }

  /**
   * A string of all that statements do to some places, which are made anew several times: collections come at other moments
   * each time.
   */
  String item(Scope scope) {
    Context context = declared(scope, choice.between(1, 4));
    String guarded =
        choice
            .of("guarded (fun () -> %s)", "(try %s with e -> left e)")
            .formatted(block(context, DEPTH));
    String summary =
        context.places().stream()
            .map(place -> place.summary(expressions.declarations()))
            .collect(Collectors.joining("; "));
    return "repeated %d (fun () -> %s%s; String.concat \"\\n    \" [%s])"
        .formatted(
            context.lean() ? choice.between(1, 12) : choice.between(1, 3),
            declarations(context),
            guarded,
            summary);
  }

  private Context declared(Scope scope, int count) {
    boolean lean = choice.below(2) == 0;
    int rounds = lean ? LEAN_ROUNDS : ROUNDS;
    Context context = new Context(scope, List.of(), List.of(), rounds, lean);
    for (int i = 0; i < count; i++) {
      context = context.with(places.any(scope));
    }
    return context;
  }

  private static String declarations(Context context) {
    return context.places().stream()
        .map(place -> "let %s = %s in ".formatted(place.name(), place.value()))
        .collect(Collectors.joining());
  }

  private String of(Type type, Scope scope, int depth, Context context) {
    return context.lean() ? arithmetic.of(type, scope, depth) : expressions.of(type, scope, depth);
  }

  private String block(Context context, int depth) {
    return IntStream.range(0, choice.between(1, depth >= DEPTH ? 3 : 2))
        .mapToObj(i -> statement(context, depth))
        .collect(Collectors.joining("; "));
  }

  private String statement(Context context, int depth) {
    return choice.part("statement", () -> made(context, depth));
  }

  private String made(Context context, int depth) {
    if (depth <= 0) {
      return choice.below(4) == 0 ? "()" : store(context);
    }
    return switch (choice.below(context.lean() ? 18 : 22)) {
      case 0 -> "()";
      case 1, 2, 3, 4 -> store(context);
      case 5 -> loop(context, depth);
      case 6 -> nest(context, depth);
      case 7, 8 -> context.indices().isEmpty() ? nest(context, depth) : loop(context, depth);
      case 9, 10, 11, 12 -> attempt(context, depth);
      case 13 -> condition(context, depth);
      case 14, 15 -> row(context, depth);
      case 16 -> raise(context);
      case 17 -> repetition(context, depth);
      case 18 -> value(context, depth);
      case 19 -> "(" + failures.effect(loads(context), 2) + ")";
      case 20 -> function(context, depth);
      default -> choice.of("(collect Gc.minor)", "(garbage 40)", "(collect Gc.full_major)");
    };
  }

  /** Some elements of places at hand, as names. */
  private Scope loads(Context context) {
    return choice.part(
        "loads",
        () -> {
          Scope scope = context.scope();
          for (int i = context.places().isEmpty() ? 0 : choice.between(1, 4); i > 0; i--) {
            Place place = choice.of(context.places());
            Place.Access access = choice.of(place.accesses());
            scope =
                scope.with("(" + place.load(access, indices(place, context)) + ")", access.type());
          }
          return scope;
        });
  }

  private List<String> indices(Place place, Context context) {
    int dimensions = place.extents().size();
    int loops = context.indices().size();
    if (dimensions > 1 && loops >= dimensions && choice.below(3) > 0) {
      // As nests mostly have them: outer loops over outer dimensions.
      return context.indices().subList(loops - dimensions, loops);
    }
    return place.extents().stream().map(extent -> index(place.first(), extent, context)).toList();
  }

  /** An index, now and then out of bounds. */
  private String index(int first, int extent, Context context) {
    String constant = String.valueOf(first + choice.below(Math.max(1, extent)));
    if (context.indices().isEmpty()) {
      return choice.once(12) ? "(%d)".formatted(first - 1 + choice.below(extent + 3)) : constant;
    }
    String variable = context.indices().get(context.indices().size() - 1 - below(context));
    return switch (choice.below(12)) {
      case 0 -> constant;
      case 1 -> "(%s + %d)".formatted(variable, choice.between(1, 3));
      case 2 -> "(%s - %d)".formatted(variable, choice.between(1, 3));
      case 3 -> "(%s land %d)".formatted(variable, choice.of(List.of(1, 3, 7)));
      case 4 -> "(%s mod %d)".formatted(variable, Math.max(1, extent));
      case 5 -> "(%d - %s)".formatted(extent - 1, variable);
      case 6 -> of(Type.INT, context.scope(), 1, context);
      default -> variable;
    };
  }

  /** Inner variables more often than outer ones. */
  private int below(Context context) {
    return choice.once(2) ? choice.below(context.indices().size()) : 0;
  }

  private String store(Context context) {
    List<Place> writable = context.places().stream().filter(Place::writable).toList();
    if (writable.isEmpty()) {
      return "()";
    }
    Place place = choice.of(writable);
    Place.Access access =
        choice.of(place.accesses().stream().filter(a -> !a.store().isEmpty()).toList());
    List<String> indices = indices(place, context);
    Scope scope = loads(context).with("(" + place.load(access, indices) + ")", access.type());
    String value =
        !context.lean() && choice.once(5)
            ? failures.value(access.type(), scope, 2)
            : of(access.type(), scope, choice.between(1, 2), context);
    return place.store(access, indices, value);
  }

  private String loop(Context context, int depth) {
    String i = expressions.fresh();
    int most = context.lean() && choice.once(4) ? 30 : 8;
    int times = Math.min(choice.between(1, most), Math.max(1, context.rounds()));
    int low = choice.once(4) ? choice.between(-2, 2) : 0;
    String bounds =
        choice.once(4)
            ? "%d downto %d".formatted(low + times - 1, low)
            : "%d to %d".formatted(low, low + times - 1);
    return "for %s = %s do %s done".formatted(i, bounds, block(context.loop(i, times), depth - 1));
  }

  /** Loops over all dimensions of a place, some a little too long. */
  private String nest(Context context, int depth) {
    List<Place> tables = context.places().stream().filter(p -> p.extents().size() > 1).toList();
    if (tables.isEmpty()) {
      return loop(context, depth);
    }
    Place table = choice.of(tables);
    Context inner = context;
    StringBuilder heads = new StringBuilder();
    for (int extent : table.extents()) {
      String i = expressions.fresh();
      int times = Math.min(extent + 2 * choice.below(2), Math.max(1, inner.rounds()));
      heads.append("for %s = %d to %d do ".formatted(i, table.first(), table.first() + times - 1));
      inner = inner.loop(i, times);
    }
    return heads
        + (choice.below(3) > 0 ? attempt(inner, depth - 1) : block(inner, depth - 1))
        + " done".repeat(table.extents().size());
  }

  /** Handlers for some exceptions; what they do not handle goes on to those around. */
  private String attempt(Context context, int depth) {
    StringBuilder text = new StringBuilder("(try ").append(block(context, depth - 1));
    text.append(" with");
    for (int i = choice.between(1, 2); i > 0; i--) {
      String x = expressions.fresh();
      switch (choice.below(8)) {
        case 0 -> text.append(handler("_", context, depth));
        case 1, 2 -> text.append(handler("Invalid_argument _", context, depth));
        case 3 -> text.append(handler("Division_by_zero", context, depth));
        case 4 -> text.append(handler("Not_found | Exit", context, depth));
        case 5 -> text.append(handler("Failure " + x, context.with(x, Type.STRING), depth));
        case 6 -> text.append(handler("Number " + x, context.with(x, Type.INT), depth));
        default -> text.append(" | %s -> %s; raise %s".formatted(x, block(context, depth - 2), x));
      }
    }
    return text.append(")").toString();
  }

  private String handler(String pattern, Context context, int depth) {
    String guard = choice.once(6) ? " when " + of(Type.BOOL, loads(context), 1, context) : "";
    return " | %s%s -> %s".formatted(pattern, guard, block(context, depth - 2));
  }

  private String condition(Context context, int depth) {
    return "(if %s then (%s) else (%s))"
        .formatted(
            of(Type.BOOL, loads(context), 2, context),
            block(context, depth - 1),
            block(context, depth - 2));
  }

  /** A value that is at hand in what follows. */
  private String value(Context context, int depth) {
    String x = expressions.fresh();
    Type type = choice.of(expressions.declarations().types());
    return "(let %s : %s = %s in %s)"
        .formatted(
            x,
            type.text(),
            expressions.of(type, loads(context), 2),
            block(context.with(x, type), depth - 1));
  }

  /** A row of a table that is at hand in what follows. */
  private String row(Context context, int depth) {
    List<Place> tables =
        context.places().stream()
            .filter(p -> p.extents().size() > 1 && p.value().startsWith("Array.init"))
            .toList();
    if (tables.isEmpty()) {
      return loop(context, depth);
    }
    Place table = choice.of(tables);
    String row = expressions.fresh();
    Place.Access whole = table.accesses().get(0);
    String rest = ".(%s)".repeat(table.extents().size() - 1);
    Place inner =
        new Place(
            row,
            "",
            0,
            table.extents().subList(1, table.extents().size()),
            List.of(new Place.Access(whole.type(), row + rest, row + rest + " <- %s")));
    return "(let %s = %s.(%s) in %s)"
        .formatted(
            row,
            table.name(),
            index(0, table.extents().get(0), context),
            block(context.with(inner), depth - 1));
  }

  private String raise(Context context) {
    Scope scope = loads(context);
    return "(if %s then raise%s %s)"
        .formatted(
            of(Type.BOOL, scope, 2, context),
            choice.of("", "_notrace"),
            choice.of(
                "Not_found",
                "Exit",
                "(Failure \"here\")",
                "(Number " + of(Type.INT, scope, 1, context) + ")"));
  }

  private String repetition(Context context, int depth) {
    String n = expressions.fresh();
    int times = Math.min(choice.between(1, 6), Math.max(1, context.rounds()));
    Context inner = context.loop("!" + n, times);
    return "(let %1$s = ref 0 in while %1$s := !%1$s + 1; !%1$s < %2$d && %3$s do %4$s done)"
        .formatted(n, times, of(Type.BOOL, loads(inner), 1, context), block(inner, depth - 1));
  }

  /** Called in and behind a handler. */
  private String function(Context context, int depth) {
    String f = expressions.fresh();
    String i = expressions.fresh();
    Context inner = context.loop(i, 2);
    return "(let %1$s %2$s = %3$s in %1$s %4$d; try %1$s (%5$d) with Invalid_argument _ | Not_found -> %6$s)"
        .formatted(
            f,
            i,
            block(inner, depth - 1),
            choice.below(5),
            choice.between(-1, 9),
            choice.of("()", f + " 1"));
  }
}
