// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.program;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A type of a random program.
 *
 * @param arguments of a constructor of types; for a function its parameters, then its result
 * @param number of a declared type
 */
record Type(Kind kind, List<Type> arguments, int number) {
  static final Type INT = of(Kind.INT);
  static final Type FLOAT = of(Kind.FLOAT);
  static final Type BOOL = of(Kind.BOOL);
  static final Type STRING = of(Kind.STRING);
  static final Type INT32 = of(Kind.INT32);
  static final Type INT64 = of(Kind.INT64);
  static final Type NATIVEINT = of(Kind.NATIVEINT);
  static final Type UNIT = of(Kind.UNIT);

  /** Types without arguments first. */
  enum Kind {
    INT,
    FLOAT,
    BOOL,
    STRING,
    INT32,
    INT64,
    NATIVEINT,
    UNIT,
    RECORD,
    VARIANT,
    LIST,
    ARRAY,
    OPTION,
    TUPLE,
    REF,
    FUNCTION
  }

  static Type of(Kind kind, Type... arguments) {
    return new Type(kind, List.of(arguments), 0);
  }

  Type argument() {
    return arguments.get(0);
  }

  Type result() {
    return arguments.get(arguments.size() - 1);
  }

  List<Type> parameters() {
    return arguments.subList(0, arguments.size() - 1);
  }

  /** Whether it is a function that, given some arguments, is one of the other type. */
  boolean endsWith(Type other) {
    int more = arguments.size() - other.arguments.size();
    return kind == Kind.FUNCTION
        && other.kind == Kind.FUNCTION
        && more > 0
        && arguments.subList(more, arguments.size()).equals(other.arguments);
  }

  /** As OCaml writes it. */
  String text() {
    return switch (kind) {
      case INT, FLOAT, BOOL, STRING, INT32, INT64, NATIVEINT, UNIT ->
          kind.name().toLowerCase(java.util.Locale.ROOT);
      case RECORD -> "r" + number;
      case VARIANT -> "v" + number;
      case LIST, ARRAY, OPTION, REF ->
          "(" + argument().text() + " " + kind.name().toLowerCase(java.util.Locale.ROOT) + ")";
      case TUPLE -> joined(" * ");
      case FUNCTION -> joined(" -> ");
    };
  }

  private String joined(String by) {
    return arguments.stream().map(Type::text).collect(Collectors.joining(by, "(", ")"));
  }

  /** Whether polymorphic comparison of two values ends without an exception and means something. */
  boolean comparable() {
    return kind != Kind.FUNCTION && arguments.stream().allMatch(Type::comparable);
  }
}
