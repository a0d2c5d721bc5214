// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.program;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mirage.conformance.fuzz.draws.Choice;

/**
 * Lean nests of loops over rows that are made just before, whose accesses raise exceptions again and again: nothing else in a
 * loop allocates or calls, so all that a compiler can move out of it is moved, and each exception may move the rows.
 */
final class Nests {
  /** What rows hold: how a row of some elements is made, an element of an int, and how row {@code r} is shown. */
  private enum Kind {
    INTS("[| %s |]", "%s", "show_array show_int r"),
    FLOATS("[| %s |]", "float (%s)", "show_array show_float r"),
    BYTES("Bytes.make %s 'b'", "", "show_string (Bytes.to_string r)");

    private final String row;
    private final String element;
    private final String shown;

    Kind(String row, String element, String shown) {
      this.row = row;
      this.element = element;
      this.shown = shown;
    }
  }

  private final Choice choice;
  private Kind kind;
  private String row;
  private List<String> variables;

  Nests(Choice choice) {
    this.choice = choice;
  }

  /** A string: what some rows hold at the end, and a sum; all is made anew many times. */
  String item() {
    return choice.part("nest", this::made);
  }

  private String made() {
    kind = choice.of(List.of(Kind.INTS, Kind.INTS, Kind.FLOATS, Kind.BYTES));
    int rows = choice.between(1, 3);
    int depth = choice.below(8) == 0 ? 1 : 2 + choice.below(4) / 3;
    variables = List.of("x", "y", "z").subList(0, depth);
    row = (depth == 1 ? "t" : "t.(x)") + (depth == 3 ? ".(y)" : "");
    String last = variables.get(depth - 1);
    String head =
        "for %s = %d to %d do "
            .formatted(last, choice.between(-1, 1), choice.between(2, choice.of(List.of(6, 30))));
    String loops =
        switch (depth) {
          case 1 -> head + body(3) + " done";
          case 2 -> outer("x", rows, around(named(head + body(3) + " done")));
          default -> outer("x", rows, outer("y", 2, around(head + body(3) + " done")));
        };
    String table = table(rows, depth);
    return "repeated %d (fun () -> let s = ref %d in let %s in %s; show_int !s ^ \" \" ^ %s)"
        .formatted(
            choice.between(2, 12), choice.below(9), table, guarded(loops), shown(depth, rows));
  }

  /** Rows made by few words, last what holds them; some are there twice. */
  private String table(int rows, int depth) {
    List<String> names = IntStream.range(0, rows).mapToObj(i -> "r" + i).toList();
    String made =
        names.stream()
            .map(name -> "let %s = %s in ".formatted(name, row()))
            .collect(Collectors.joining());
    made = made.substring("let ".length());
    return switch (depth) {
      case 1 -> made + "let t = r0";
      case 2 -> made + "let t = [| %s |]".formatted(members(names));
      default ->
          made
              + IntStream.range(0, rows)
                  .mapToObj(i -> "let q%d = [| %s |] in ".formatted(i, members(names)))
                  .collect(Collectors.joining())
              + "let t = [| %s |]".formatted(String.join("; ", names).replace('r', 'q'));
    };
  }

  private String members(List<String> rows) {
    List<String> members = new ArrayList<>(rows);
    members.replaceAll(name -> choice.once(6) ? choice.of(rows) : name);
    return String.join("; ", members);
  }

  private String row() {
    int length = choice.between(1, 6);
    if (kind == Kind.BYTES) {
      return kind.row.formatted(4 + length);
    }
    String elements =
        IntStream.range(0, length)
            .mapToObj(i -> kind.element.formatted(choice.of("!s", String.valueOf(i), "!s + " + i)))
            .collect(Collectors.joining("; "));
    return kind.row.formatted(elements);
  }

  private String shown(int depth, int rows) {
    return IntStream.range(0, depth == 1 ? 1 : rows)
        .mapToObj(i -> kind.shown.replaceAll("\\br\\b", "r" + i))
        .collect(Collectors.joining(" ^ "));
  }

  private String outer(String x, int rows, String inner) {
    return "for %s = %d to %d do %s done"
        .formatted(x, choice.once(6) ? -1 : 0, rows - 1 + choice.below(5) / 4, inner);
  }

  /** The row has a name in the loop over its elements, now and then. */
  private String named(String loop) {
    return choice.once(4)
        ? "(let row = t.(x) in %s)".formatted(loop.replace("t.(x)", "row"))
        : loop;
  }

  private String around(String loop) {
    return choice.once(3)
        ? "(try %s with %s)".formatted(loop, handler("s := !s + x"))
        : "(" + loop + ")";
  }

  private static String guarded(String loops) {
    return "(try " + loops + " with e -> s := !s + String.length (Printexc.to_string e))";
  }

  private String handler(String effect) {
    String pattern =
        choice.of(
            "Invalid_argument _",
            "_",
            "Invalid_argument _ | Exit",
            "Invalid_argument _ | Not_found");
    return pattern + " -> " + effect;
  }

  private String body(int depth) {
    return IntStream.range(0, choice.between(1, 2))
        .mapToObj(i -> choice.part("step", () -> step(depth)))
        .collect(Collectors.joining("; "));
  }

  private String step(int depth) {
    return switch (choice.below(depth <= 0 ? 3 : 9)) {
      case 0 -> "s := !s + " + number();
      case 1 -> "s := (!s + %s) land 0xFFFF".formatted(load(index()));
      case 2 -> store(index(), number());
      case 3, 4 ->
          "s := (!s + (try %s with %s)) land 0xFFFF"
              .formatted(load(index()), handler(choice.of("1", number(), load("0"))));
      case 5, 6 ->
          "(try %s with %s)"
              .formatted(store(index(), number()), handler("(" + body(depth - 2) + ")"));
      case 7 -> "(try %s with %s)".formatted(body(depth - 1), handler("(" + body(depth - 2) + ")"));
      default ->
          "(if %s > %s then %s else (%s))"
              .formatted(
                  number(),
                  number(),
                  choice.of("raise_notrace Exit", "raise Not_found", store("0", number())),
                  body(depth - 1));
    };
  }

  private String index() {
    String last = variables.get(variables.size() - 1);
    return choice.of(
        last, last, last, last + " land 7", last + " mod 9", "0", last + " + 1", "!s land 3");
  }

  /** An int. */
  private String load(String index) {
    if (kind == Kind.BYTES) {
      return choice
          .of(
              "(Bytes.get_uint8 %s (%s))",
              "(Char.code (Bytes.get %s (%s)))",
              "(Bytes.get_uint16_le %s (%s))",
              "(Int32.to_int (Bytes.get_int32_le %s (%s)))",
              "(Bytes.get_int16_be %s (%s))")
          .formatted(row, index);
    }
    String load = "%s.(%s)".formatted(row, index);
    return kind == Kind.FLOATS ? "(if %s > 2.5 then 1 else 0)".formatted(load) : load;
  }

  private String store(String index, String value) {
    if (kind == Kind.BYTES) {
      return choice
          .of(
              "Bytes.set_uint8 %s (%s) (%s)",
              "Bytes.set_int16_le %s (%s) (%s)", "Bytes.set_int32_be %s (%s) (Int32.of_int (%s))")
          .formatted(row, index, value);
    }
    return "%s.(%s) <- %s"
        .formatted(row, index, kind == Kind.FLOATS ? "float (" + value + ")" : value);
  }

  private String number() {
    return switch (choice.below(6)) {
      case 0 -> String.valueOf(choice.below(9));
      case 1 -> "!s";
      case 2 -> "(%s land 3)".formatted(load("0"));
      case 3 -> "(%s + %s)".formatted(choice.of(variables), choice.of(variables));
      case 4 -> "(%s * %d)".formatted(choice.of(variables), choice.between(2, 9));
      default -> choice.of(variables);
    };
  }
}
