// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.program;

import java.util.ArrayList;
import java.util.List;

/** The names that can be used at a place, and their types. Immutable. */
record Scope(List<Name> names) {
  static final Scope EMPTY = new Scope(List.of());

  /** A value that has a name. */
  record Name(String text, Type type) {}

  Scope with(String text, Type type) {
    List<Name> more = new ArrayList<>(names);
    more.removeIf(name -> name.text().equals(text));
    more.add(new Name(text, type));
    return new Scope(more);
  }

  /** Names of values of a type. */
  List<Name> of(Type type) {
    return names.stream().filter(name -> name.type().equals(type)).toList();
  }

  /** Names of functions that give a type, at once or as functions that do. */
  List<Name> functionsTo(Type type) {
    List<Name> found = new ArrayList<>();
    for (Name name : names) {
      List<Type> parts = new ArrayList<>();
      Type result = name.type();
      while (result.kind() == Type.Kind.FUNCTION && !(parts.size() > 0 && result.equals(type))) {
        parts.addAll(result.parameters());
        result = result.result();
      }
      if (result.equals(type) && !parts.isEmpty()) {
        parts.add(result);
        found.add(new Name(name.text(), new Type(Type.Kind.FUNCTION, parts, 0)));
      }
    }
    return found;
  }
}
