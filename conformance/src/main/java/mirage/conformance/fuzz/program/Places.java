// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.program;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mirage.conformance.fuzz.draws.Choice;
import mirage.conformance.fuzz.program.Place.Access;

/** Makes places of every kind. */
final class Places {
  private static final List<Type> ELEMENTS =
      List.of(Type.INT, Type.INT, Type.FLOAT, Type.STRING, Type.INT32, Type.INT64, Type.NATIVEINT);

  private final Choice choice;
  private final Expressions expressions;
  private final BigArrays bigArrays;

  Places(Choice choice, Expressions expressions) {
    this.choice = choice;
    this.expressions = expressions;
    this.bigArrays = new BigArrays(choice);
  }

  /** One of any kind, with a name of its own. */
  Place any(Scope scope) {
    return choice.part("place", () -> made(scope));
  }

  private Place made(Scope scope) {
    String name = expressions.fresh();
    return switch (choice.below(12)) {
      case 0 -> reference(name, element(), scope);
      case 1, 2 -> array(name, element(), choice.below(9), scope);
      case 3, 4, 5 -> arrays(name, scope);
      case 6, 7 -> bytes(name);
      case 8 -> fields(name, scope);
      case 9 -> floats(name);
      default -> bigArrays.any(name);
    };
  }

  private Type element() {
    return choice.below(4) < 3
        ? choice.of(ELEMENTS)
        : choice.of(expressions.declarations().comparable());
  }

  private static Access access(Type type, String load) {
    return new Access(type, load, load + " <- %s");
  }

  private Place reference(String name, Type type, Scope scope) {
    Access access = new Access(type, "!" + name, name + " := %s");
    String value = "ref " + expressions.of(type, scope, 1);
    return new Place(name, value, 0, List.of(), List.of(access));
  }

  private Place array(String name, Type type, int length, Scope scope) {
    String value =
        "Array.init %d (fun k -> %s)"
            .formatted(length, expressions.of(type, scope.with("k", Type.INT), 1));
    return new Place(
        name,
        "(" + value + " : " + type.text() + " array)",
        0,
        List.of(length),
        List.of(access(type, name + ".(%s)")));
  }

  /** Arrays of arrays, the inner ones of one length or not. */
  private Place arrays(String name, Scope scope) {
    Type type = element();
    int rows = choice.between(1, 6);
    int columns = choice.between(1, 6);
    String element =
        expressions.of(type, scope.with("k", Type.INT).with("l", Type.INT), choice.below(2));
    String typed = "(" + element + " : " + type.text() + ")";
    String inner = choice.of(String.valueOf(columns), "(%d - k land 1)".formatted(columns));
    if (choice.once(4)) {
      return new Place(
          name,
          "Array.init %d (fun k -> Array.init %s (fun l -> Array.make 3 %s))"
              .formatted(rows, inner, typed),
          0,
          List.of(rows, columns, 3),
          List.of(access(type, name + ".(%s).(%s).(%s)")));
    }
    return new Place(
        name,
        "Array.init %d (fun k -> Array.init %s (fun l -> %s))".formatted(rows, inner, typed),
        0,
        List.of(rows, columns),
        List.of(access(type, name + ".(%s).(%s)")));
  }

  /** With accessors of every width, order and sign; those of a string only read. */
  private Place bytes(String name) {
    int length = choice.between(8, 24);
    boolean string = choice.once(4);
    String module = string ? "String" : "Bytes";
    List<Access> accesses =
        new ArrayList<>(
            List.of(
                new Access(
                    Type.INT,
                    "(Char.code (%s.get %s %%s))".formatted(module, name),
                    "Bytes.set %s %%s (Char.unsafe_chr (%%s land 255))".formatted(name))));
    for (String kind : List.of("uint8", "int8", "uint16", "int16", "int32", "int64")) {
      Type type = kind.equals("int32") ? Type.INT32 : kind.equals("int64") ? Type.INT64 : Type.INT;
      for (String order : kind.endsWith("8") ? List.of("") : List.of("_le", "_be", "_ne")) {
        accesses.add(
            new Access(
                type,
                "(%s.get_%s%s %s %%s)".formatted(module, kind, order, name),
                "Bytes.set_%s%s %s %%s %%s".formatted(kind, order, name)));
      }
    }
    Stream<Access> usable =
        accesses.stream().map(a -> string ? new Access(a.type(), a.load(), "") : a);
    String value =
        "%s.init %d (fun k -> Char.chr (k * %d land 255))"
            .formatted(module, length, choice.between(1, 99));
    return new Place(name, value, 0, List.of(length), usable.toList());
  }

  /** Fields of a record, boxed and not. */
  private Place fields(String name, Scope scope) {
    if (choice.once(3)) {
      return new Place(
          name,
          "{ px = %s; py = 1. }".formatted(expressions.of(Type.FLOAT, scope, 1)),
          0,
          List.of(),
          List.of(access(Type.FLOAT, name + ".px"), access(Type.FLOAT, name + ".py")));
    }
    return new Place(
        name,
        "{ mn = 1; mx = %s; ms = %s; ml = 3L }"
            .formatted(expressions.of(Type.FLOAT, scope, 1), expressions.of(Type.STRING, scope, 1)),
        0,
        List.of(),
        List.of(
            access(Type.INT, name + ".mn"),
            access(Type.FLOAT, name + ".mx"),
            access(Type.STRING, name + ".ms"),
            access(Type.INT64, name + ".ml")));
  }

  private Place floats(String name) {
    int length = choice.below(9);
    return new Place(
        name,
        "Float.Array.init %d (fun k -> float_of_int k /. 3.)".formatted(length),
        0,
        List.of(length),
        List.of(
            new Access(
                Type.FLOAT,
                "(Float.Array.get %s %%s)".formatted(name),
                "Float.Array.set %s %%s %%s".formatted(name))));
  }
}
