// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.program;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mirage.conformance.fuzz.draws.Choice;

/** The types a program declares, and those it uses. */
final class Declarations {
  private static final List<Type> SIMPLE =
      List.of(
          Type.INT,
          Type.INT,
          Type.INT,
          Type.FLOAT,
          Type.FLOAT,
          Type.BOOL,
          Type.STRING,
          Type.INT32,
          Type.INT64,
          Type.NATIVEINT);

  /** Fields of a record or arguments of a constructor. */
  private record Shape(String name, List<Type> parts) {}

  private final Choice choice;
  private final List<Shape> records = new ArrayList<>();
  private final List<List<Shape>> variants = new ArrayList<>();
  private final List<Type> comparable = new ArrayList<>(SIMPLE);
  private final List<Type> types = new ArrayList<>();

  Declarations(Choice choice) {
    this.choice = choice;
    for (int i = choice.between(1, 3); i > 0; i--) {
      records.add(new Shape("r" + records.size(), record()));
      comparable.add(new Type(Type.Kind.RECORD, List.of(), records.size() - 1));
    }
    for (int i = choice.between(1, 2); i > 0; i--) {
      variants.add(variant(variants.size()));
      comparable.add(new Type(Type.Kind.VARIANT, List.of(), variants.size() - 1));
    }
    for (int i = 0; i < 8; i++) {
      comparable.add(compound());
    }
    types.addAll(comparable);
    for (int i = 0; i < 4; i++) {
      types.add(
          choice.once(2)
              ? Type.of(Type.Kind.FUNCTION, choice.of(comparable), choice.of(comparable))
              : Type.of(
                  Type.Kind.FUNCTION,
                  choice.of(comparable),
                  choice.of(comparable),
                  choice.of(comparable)));
      types.add(Type.of(Type.Kind.REF, choice.of(comparable)));
    }
  }

  private List<Type> record() {
    Type floats = choice.once(3) ? Type.FLOAT : null;
    return IntStream.range(0, choice.between(1, 4))
        .mapToObj(i -> floats == null ? choice.of(comparable) : floats)
        .toList();
  }

  private List<Shape> variant(int number) {
    List<Shape> constructors = new ArrayList<>();
    for (int i = choice.between(2, 6); i > 0; i--) {
      List<Type> parts =
          IntStream.range(0, choice.below(4)).mapToObj(p -> choice.of(comparable)).toList();
      constructors.add(
          new Shape("C%d_%d".formatted(number, constructors.size()), i == 1 ? List.of() : parts));
    }
    return constructors;
  }

  private Type compound() {
    Type part = choice.of(comparable);
    return switch (choice.below(4)) {
      case 0 -> Type.of(Type.Kind.ARRAY, part);
      case 1 -> Type.of(Type.Kind.OPTION, part);
      case 2 -> Type.of(Type.Kind.TUPLE, part, choice.of(comparable));
      default -> Type.of(Type.Kind.LIST, part);
    };
  }

  List<Type> comparable() {
    return comparable;
  }

  List<Type> types() {
    return types;
  }

  /** Declarations and printers, in OCaml. Each variant has a constructor that makes trees of it. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Shape record : records) {
      text.append(
          "type %s = { %s }\n"
              .formatted(
                  record.name(),
                  fields(record, (f, t) -> "mutable " + f + " : " + t.text(), "; ")));
      text.append(
          "let show_%s r = \"{\" ^ %s ^ \"}\"\n"
              .formatted(
                  record.name(), fields(record, (f, t) -> printer(t) + " r." + f, " ^ \";\" ^ ")));
      interleave(text);
    }
    return text.toString();
  }

  /** Variants come behind the records declared before them, of which they may be made. */
  private void interleave(StringBuilder text) {
    if (text.indexOf("type v0") >= 0 || !lastRecord(text)) {
      return;
    }
    for (int n = 0; n < variants.size(); n++) {
      text.append("type v%d = T%d of v%d * int * v%d".formatted(n, n, n, n));
      StringBuilder printer =
          new StringBuilder(
              "let rec show_v%d = function T%d (l, n, r) -> \"T(\" ^ show_v%d l ^ show_int n ^ show_v%d r ^ \")\""
                  .formatted(n, n, n, n));
      for (Shape constructor : variants.get(n)) {
        text.append(" | ").append(constructor.name());
        if (!constructor.parts().isEmpty()) {
          text.append(" of ").append(fields(constructor, (f, t) -> t.text(), " * "));
        }
        printer.append(" | " + constructor.name());
        if (constructor.parts().isEmpty()) {
          printer.append(" -> \"" + constructor.name() + "\"");
        } else {
          printer.append(
              " (%s) -> \"%s(\" ^ %s ^ \")\""
                  .formatted(
                      fields(constructor, (f, t) -> f, ", "),
                      constructor.name(),
                      fields(constructor, (f, t) -> printer(t) + " " + f, " ^ \",\" ^ ")));
        }
      }
      text.append("\n").append(printer).append("\n");
      text.append(
          "let rec size%d = function T%d (l, _, r) -> 1 + size%d l + size%d r | _ -> 1\n"
              .formatted(n, n, n, n));
      text.append(
          "let tree%d l n r = if size%d l + size%d r > 40 then l else T%d (l, n, r)\n"
              .formatted(n, n, n, n));
      text.append(
          "let rec sum%d = function T%d (l, n, r) -> (sum%d l + n - sum%d r) | _ -> 1\n"
              .formatted(n, n, n, n));
    }
  }

  private boolean lastRecord(StringBuilder text) {
    return text.indexOf("type " + records.get(records.size() - 1).name() + " ") >= 0;
  }

  private interface Part {
    String text(String field, Type type);
  }

  private static String fields(Shape shape, Part part, String separator) {
    String prefix = shape.name().startsWith("r") ? shape.name() + "_" : "p";
    return IntStream.range(0, shape.parts().size())
        .mapToObj(i -> part.text(prefix + i, shape.parts().get(i)))
        .collect(Collectors.joining(separator));
  }

  /** A function that makes a string of a value. */
  String printer(Type type) {
    return switch (type.kind()) {
      case INT, FLOAT, BOOL, STRING, INT32, INT64, NATIVEINT, UNIT -> "show_" + type.text();
      case RECORD, VARIANT -> "show_" + type.text();
      case LIST, ARRAY, OPTION, REF ->
          "(show_%s %s)"
              .formatted(
                  type.kind().name().toLowerCase(java.util.Locale.ROOT), printer(type.argument()));
      case TUPLE ->
          "(show_pair %s %s)"
              .formatted(printer(type.arguments().get(0)), printer(type.arguments().get(1)));
      case FUNCTION -> "show_function";
    };
  }

  String record(Type type, Expressions expressions, Scope scope, int depth) {
    Shape record = records.get(type.number());
    if (depth > 0 && choice.once(4) && !scope.of(type).isEmpty()) {
      Type first = record.parts().get(0);
      return "{ %s with %s_0 = %s }"
          .formatted(
              choice.of(scope.of(type)).text(),
              record.name(),
              expressions.of(first, scope, depth - 1))
          .transform(
              text ->
                  record.parts().size() == 1
                      ? "{ "
                          + record.name()
                          + "_0 = "
                          + expressions.of(first, scope, depth - 1)
                          + " }"
                      : text);
    }
    return "{ "
        + fields(record, (f, t) -> f + " = " + expressions.of(t, scope, depth - 1), "; ")
        + " }";
  }

  /** Changes some field of a record that has a name; without one, makes a record. */
  String assignment(Expressions expressions, Scope scope, int depth) {
    List<Scope.Name> known =
        scope.names().stream().filter(name -> name.type().kind() == Type.Kind.RECORD).toList();
    if (known.isEmpty()) {
      Type some = new Type(Type.Kind.RECORD, List.of(), choice.below(records.size()));
      return "(ignore " + record(some, expressions, scope, depth) + ")";
    }
    Scope.Name name = choice.of(known);
    Shape record = records.get(name.type().number());
    int field = choice.below(record.parts().size());
    return "((%s).%s_%d <- %s)"
        .formatted(
            name.text(),
            record.name(),
            field,
            expressions.of(record.parts().get(field), scope, depth - 1));
  }

  String variant(Type type, Expressions expressions, Scope scope, int depth) {
    if (choice.once(3)) {
      return "(tree%d %s %s %s)"
          .formatted(
              type.number(),
              expressions.of(type, scope, depth - 1),
              expressions.of(Type.INT, scope, depth - 1),
              expressions.of(type, scope, depth - 1));
    }
    Shape constructor = choice.of(variants.get(type.number()));
    return constructor.parts().isEmpty()
        ? constructor.name()
        : "(%s (%s))"
            .formatted(
                constructor.name(),
                fields(constructor, (f, t) -> expressions.of(t, scope, depth - 1), ", "));
  }

  /** The last constructor has no arguments. */
  String smallest(Type type) {
    List<Shape> constructors = variants.get(type.number());
    return constructors.get(constructors.size() - 1).name();
  }

  String pattern(Type type, Function<Type, String> part) {
    if (choice.once(4)) {
      return "T%d (%s, %s, _)".formatted(type.number(), part.apply(type), part.apply(Type.INT));
    }
    Shape constructor = choice.of(variants.get(type.number()));
    return constructor.parts().isEmpty()
        ? constructor.name()
        : "%s (%s)"
            .formatted(constructor.name(), fields(constructor, (f, t) -> part.apply(t), ", "));
  }

  String recordPattern(Type type, Function<Type, String> part) {
    Shape record = records.get(type.number());
    return "{ %s_0 = %s; _ }"
        .formatted(record.name(), part.apply(record.parts().get(0)))
        .replace("; _ }", record.parts().size() == 1 ? " }" : "; _ }");
  }
}
