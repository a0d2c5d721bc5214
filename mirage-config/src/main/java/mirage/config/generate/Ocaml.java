// SPDX-License-Identifier: Apache-2.0
package mirage.config.generate;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** OCaml's lexical rules, as far as generated text needs them. */
final class Ocaml {
  private Ocaml() {}

  /** The text between the quotes of an OCaml string literal. */
  static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    for (byte raw : text.getBytes(StandardCharsets.UTF_8)) {
      int c = raw & 0xFF;
      if (c == '"' || c == '\\') {
        out.append('\\').append((char) c);
      } else if (c >= ' ' && c < 0x7F) {
        out.append((char) c);
      } else {
        out.append("\\%03d".formatted(c));
      }
    }
    return out.toString();
  }

  /** A string literal. */
  static String string(String text) {
    return '"' + escaped(text) + '"';
  }

  /** Whether a place in an expression lies between the quotes of a string literal. */
  static boolean insideString(String expression, int place) {
    boolean inside = false;
    for (int i = 0; i < place; i++) {
      char c = expression.charAt(i);
      if (c == '\\' && inside) {
        i++;
      } else if (c == '"') {
        inside = !inside;
      }
    }
    return inside;
  }

  /** An expression, in parentheses unless it is one word or has them. */
  static String argument(String expression) {
    boolean plain = expression.matches("[\\w.'`\"]+|\\(([^()]|\\(\\))*\\)");
    return plain ? expression : "(" + expression + ")";
  }

  /** A list literal of ready expressions. */
  static String list(List<String> elements) {
    return elements.stream().collect(Collectors.joining("; ", "[", "]"));
  }
}
