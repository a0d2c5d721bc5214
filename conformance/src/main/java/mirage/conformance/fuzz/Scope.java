// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz;

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

  /** Names of functions that give a type. */
  List<Name> functionsTo(Type type) {
    return names.stream()
        .filter(name -> name.type().kind() == Type.Kind.FUNCTION)
        .filter(name -> name.type().result().equals(type))
        .toList();
  }
}
