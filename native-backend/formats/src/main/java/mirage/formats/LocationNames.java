// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.util.HashMap;
import java.util.Map;

/** Names of definitions and the files they stand in, as locations.h describes them. */
final class LocationNames {
  private static final String ANONYMOUS = "(fun)";

  private record Name(String file, String definition) {}

  private final VariableLength out = new VariableLength();
  private final Map<Name, Integer> numbers = new HashMap<>();

  /** A definition shares the part before its last dot with its neighbours. */
  int number(String file, String definition) {
    Integer known = numbers.get(new Name(file, definition));
    if (known != null) {
      return known;
    }
    int dot = separator(definition);
    int parent = dot >= 0 ? number(file, definition.substring(0, dot)) : -1;
    int number = numbers.size();
    numbers.put(new Name(file, definition), number);
    if (dot >= 0) {
      out.unsigned(number - parent);
    } else {
      out.unsigned(0);
      out.text(file);
    }
    String own = definition.substring(dot + 1);
    out.text(own.equals(ANONYMOUS) ? "" : own);
    return number;
  }

  /** The dot in front of the last part, which may be (fun) or an operator with dots of its own; -1 if there is none. */
  private static int separator(String text) {
    int dot = text.endsWith(")") ? text.lastIndexOf(".(") : text.lastIndexOf('.');
    return dot > 0 && dot < text.length() - 1 ? dot : -1;
  }

  byte[] bytes() {
    return out.bytes();
  }
}
