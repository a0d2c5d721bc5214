// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.program;

import java.util.ArrayList;
import java.util.List;
import mirage.conformance.fuzz.draws.Choice;

/**
 * Makes random programs that end, and print the same wherever OCaml of 32 bits runs as it should. Each is a module of its
 * own behind {@link Prelude}, so that one executable can hold many. Definitions have an empty line between them.
 */
final class ProgramGenerator {
  private static final int DEPTH = 4;

  private final Choice choice;
  private final Declarations declarations;
  private final Expressions expressions;
  private Scope scope = Scope.EMPTY;

  ProgramGenerator(Choice choice) {
    this.choice = choice;
    this.declarations = choice.part("types", () -> new Declarations(choice));
    this.expressions = new Expressions(choice, declarations);
  }

  /** The module's text; what it prints begins with {@code program <number>}. */
  String module(long number) {
    List<String> text = new ArrayList<>();
    text.add("module P%d = struct".formatted(number));
    text.add("let () = print_endline \"program %d\"".formatted(number));
    text.add(declarations.text().strip().replace("\n", "\n\n"));
    for (int i = choice.between(1, 3); i > 0; i--) {
      String name = "f" + i;
      text.add(choice.part("definition", () -> definition(name)));
    }
    for (int i = choice.between(3, 5); i > 0; i--) {
      int line = i;
      text.add(choice.part("test", () -> test(line)));
    }
    text.add("end\n");
    text.removeIf(String::isEmpty);
    return String.join("\n\n", text);
  }

  /** What is not made at all is empty. */
  private String definition(String name) {
    return switch (choice.below(16)) {
      case 0 -> "";
      case 1 -> functor("M" + name);
      case 2, 3, 4 -> global("g" + name);
      case 5, 6 -> recursive();
      case 7 -> {
        StringBuilder text = new StringBuilder();
        scope = Recursion.safe(choice, expressions).modules(text, scope);
        yield text.toString();
      }
      default -> function(name);
    };
  }

  private String recursive() {
    StringBuilder text = new StringBuilder();
    scope = Recursion.safe(choice, expressions).item(text, scope);
    return "let () = steps := 0\n" + text;
  }

  private String test(int line) {
    return switch (choice.below(20)) {
      case 0 -> "";
      case 1, 2, 3, 4 -> print(line, new Statements(choice, expressions).item(scope));
      case 5 -> print(line, new Pressure(choice, expressions).item());
      case 6, 7, 8, 9 -> print(line, new Nests(choice).item());
      case 10, 11 -> print(line, new Knots(choice).item());
      default -> {
        Type type = choice.of(declarations.comparable());
        yield print(line, declarations.printer(type) + " " + expressions.of(type, scope, DEPTH));
      }
    };
  }

  private static String print(int line, String text) {
    return "let () = print \"%d\" (fun () -> %s)".formatted(line, text);
  }

  private String global(String name) {
    Type type = choice.of(declarations.types());
    String text =
        "let %s : %s = try %s with _ -> %s"
            .formatted(
                name,
                type.text(),
                expressions.of(type, scope, DEPTH - 1),
                expressions.of(type, Scope.EMPTY, 0));
    scope = scope.with(name, type);
    return "let () = steps := 0\n" + text;
  }

  /** A function that calls itself at most so deep, or a chain of two that call each other. */
  private String function(String name) {
    List<Type> parts = new ArrayList<>();
    for (int i = choice.once(6) ? choice.between(6, 12) : choice.between(1, 3); i > 0; i--) {
      parts.add(choice.of(declarations.comparable()));
    }
    parts.add(choice.of(choice.once(4) ? declarations.types() : declarations.comparable()));
    Type type = new Type(Type.Kind.FUNCTION, parts, 0);
    Scope inner = scope.with("(" + name + " (fuel - 1))", type);
    StringBuilder text = new StringBuilder("let rec %s fuel".formatted(name));
    for (int i = 0; i < parts.size() - 1; i++) {
      text.append(" (a%d : %s)".formatted(i, parts.get(i).text()));
      inner = inner.with("a" + i, parts.get(i));
    }
    Scope outer = scope;
    for (int i = 0; i < parts.size() - 1; i++) {
      outer = outer.with("a" + i, parts.get(i));
    }
    text.append(" : %s = if tick () && fuel <= 0 then ".formatted(type.result().text()));
    text.append(expressions.of(type.result(), outer, DEPTH - 2)).append(" else ");
    text.append(expressions.of(type.result(), inner, DEPTH));
    scope = scope.with("(%s %d)".formatted(name, choice.between(1, 6)), type);
    return text.toString();
  }

  private String functor(String module) {
    Type type = choice.of(List.of(Type.INT, Type.FLOAT, Type.STRING, Type.INT64));
    String op = expressions.of(type, scope.with("x", type).with("y", type), DEPTH - 1);
    String list = expressions.of(Type.of(Type.Kind.LIST, type), scope, DEPTH - 1);
    String zero = expressions.of(type, Scope.EMPTY, 0);
    return """
        module %1$s = struct type t = %2$s let zero = %3$s let op (x : t) (y : t) : t = %4$s let show = %5$s end

        module N%1$s = Fold (%1$s)

        let () = print "functor" (fun () -> N%1$s.show %6$s)

        let () = print "object" (fun () -> let o = new N%1$s.counter %1$s.zero in List.iter o#add %6$s; %1$s.show o#get)"""
        .formatted(module, type.text(), zero, op, declarations.printer(type), list);
  }
}
