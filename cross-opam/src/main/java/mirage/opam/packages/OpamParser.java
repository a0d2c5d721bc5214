// SPDX-License-Identifier: Apache-2.0
package mirage.opam.packages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mirage.opam.packages.OpamValue.Bool;
import mirage.opam.packages.OpamValue.Conditional;
import mirage.opam.packages.OpamValue.Group;
import mirage.opam.packages.OpamValue.Infix;
import mirage.opam.packages.OpamValue.Int;
import mirage.opam.packages.OpamValue.Name;
import mirage.opam.packages.OpamValue.Prefix;
import mirage.opam.packages.OpamValue.Sequence;
import mirage.opam.packages.OpamValue.Text;
import mirage.tools.MirageException;

/**
 * Reads the opam file format ({@code *.opam}, {@code opam}, {@code *.install}). Every input is either
 * understood or refused with its line.
 */
final class OpamParser {
  private static final Set<String> COMPARISONS = Set.of("=", "!=", "<", "<=", ">", ">=", "~");

  /** No file of people nests this deep; the reader's own stack holds it. */
  private static final int DEPTH = 200;

  private final OpamTokens tokens;
  private int depth;

  private OpamParser(OpamTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * The fields of a file, in its order. A section {@code name "key" { ... }} is left out: none has to do
   * with what a package needs or how it is built.
   *
   * @param place named in messages
   * @throws MirageException with place and line of a syntax error
   */
  static Map<String, OpamValue> parse(String text, String place) {
    OpamParser parser = new OpamParser(new OpamTokens(text, place));
    return parser.fields(false);
  }

  private Map<String, OpamValue> fields(boolean inSection) {
    Map<String, OpamValue> fields = new LinkedHashMap<>();
    while (inSection ? !tokens.is("}") : !tokens.atEnd()) {
      String name = tokens.name();
      if (tokens.accept(":")) {
        if (fields.put(name, value()) != null) {
          throw tokens.error("the field " + name + " is there twice");
        }
      } else {
        if (tokens.isText()) {
          tokens.text();
        }
        tokens.expect("{");
        deeper();
        fields(true);
        depth--;
        tokens.expect("}");
      }
    }
    return fields;
  }

  private void deeper() {
    if (++depth > DEPTH) {
      throw tokens.error("nested too deep");
    }
  }

  private OpamValue value() {
    OpamValue left = conjunction();
    while (tokens.accept("|")) {
      left = new Infix("|", left, conjunction());
    }
    return left;
  }

  private OpamValue conjunction() {
    OpamValue left = comparison();
    while (tokens.accept("&")) {
      left = new Infix("&", left, comparison());
    }
    return left;
  }

  private OpamValue comparison() {
    OpamValue left = prefixed();
    while (COMPARISONS.contains(tokens.symbol())) {
      left = new Infix(tokens.next(), left, prefixed());
    }
    return left;
  }

  private OpamValue prefixed() {
    String symbol = tokens.symbol();
    if (symbol.equals("!") || symbol.equals("?") || COMPARISONS.contains(symbol)) {
      tokens.next();
      deeper();
      Prefix prefix = new Prefix(symbol, prefixed());
      depth--;
      return prefix;
    }
    OpamValue value = atom();
    while (tokens.accept("{")) {
      value = new Conditional(value, values("}"));
    }
    return value;
  }

  private OpamValue atom() {
    if (tokens.accept("[")) {
      return new Sequence(values("]"));
    }
    if (tokens.accept("(")) {
      return new Group(values(")"));
    }
    if (tokens.isText()) {
      return new Text(tokens.text());
    }
    String word = tokens.name();
    if (word.equals("true") || word.equals("false")) {
      return new Bool(word.equals("true"));
    }
    return word.matches("-?[0-9]{1,18}") ? new Int(Long.parseLong(word)) : new Name(word);
  }

  private List<OpamValue> values(String end) {
    deeper();
    List<OpamValue> values = new ArrayList<>();
    while (!tokens.accept(end)) {
      values.add(value());
    }
    depth--;
    return List.copyOf(values);
  }
}
