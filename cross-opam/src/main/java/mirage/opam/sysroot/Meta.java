// SPDX-License-Identifier: Apache-2.0
package mirage.opam.sysroot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;

/**
 * A findlib {@code META} file: the variables of a package and its sub-packages.
 *
 * @param definitions in the file's order
 * @param packages sub-packages by their name below this one
 */
record Meta(List<Definition> definitions, Map<String, Meta> packages) {
  static final Meta EMPTY = new Meta(List.of(), Map.of());

  /**
   * One line {@code variable(predicates) = "value"}.
   *
   * @param predicates those that must hold; a leading minus: must not hold
   * @param appends written {@code +=}: added to what other lines define
   */
  record Definition(String variable, List<String> predicates, boolean appends, String value) {
    private boolean holds(Set<String> given) {
      return predicates.stream()
          .allMatch(p -> p.startsWith("-") ? !given.contains(p.substring(1)) : given.contains(p));
    }
  }

  /**
   * The value of a variable as findlib defines it: of the lines that hold, the first of those with
   * most predicates, followed by all appended ones.
   */
  Optional<String> value(String variable, Set<String> predicates) {
    Definition best = null;
    StringBuilder appended = new StringBuilder();
    for (Definition definition : definitions) {
      if (!definition.variable().equals(variable) || !definition.holds(predicates)) {
        continue;
      }
      if (definition.appends()) {
        appended.append(' ').append(definition.value());
      } else if (best == null || definition.predicates().size() > best.predicates().size()) {
        best = definition;
      }
    }
    if (best == null && appended.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(((best == null ? "" : best.value()) + appended).strip());
  }

  /** A variable that holds words, separated by blanks or commas. */
  List<String> words(String variable, Set<String> predicates) {
    return value(variable, predicates).stream()
        .flatMap(text -> List.of(text.split("[\\s,]+")).stream())
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** The same as text that {@link #parse} and findlib read. */
  String print() {
    StringBuilder text = new StringBuilder();
    for (Definition definition : definitions) {
      text.append(definition.variable());
      if (!definition.predicates().isEmpty()) {
        text.append('(').append(String.join(",", definition.predicates())).append(')');
      }
      text.append(definition.appends() ? " += " : " = ").append(quoted(definition.value()));
      text.append('\n');
    }
    packages.forEach(
        (name, meta) ->
            text.append("package ")
                .append(quoted(name))
                .append(" (\n")
                .append(meta.print())
                .append(")\n"));
    return text.toString();
  }

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /**
   * With the definitions of a package in place of those it has there.
   *
   * @param path names of sub-packages from here; empty: this package itself
   */
  Meta with(List<String> path, Meta body) {
    if (path.isEmpty()) {
      return new Meta(body.definitions(), packages);
    }
    Map<String, Meta> more = new TreeMap<>(packages);
    Meta child = more.getOrDefault(path.get(0), EMPTY);
    more.put(path.get(0), child.with(path.subList(1, path.size()), body));
    return new Meta(definitions, more);
  }

  /** With one more definition behind those it has. */
  Meta with(String variable, String value) {
    List<Definition> more = new ArrayList<>(definitions);
    more.removeIf(d -> d.variable().equals(variable) && d.predicates().isEmpty());
    more.add(new Definition(variable, List.of(), false, value));
    return new Meta(List.copyOf(more), packages);
  }

  /**
   * Reads a file; bytes that are no UTF-8 do not matter, they are in comments and descriptions.
   *
   * @throws MirageException when it cannot be read, or with the line of a syntax error
   */
  static Meta read(Path file) {
    return parse(AtomicFiles.text(file), file.toString());
  }

  /**
   * @param place named in messages
   * @throws MirageException with place and line of a syntax error
   */
  static Meta parse(String text, String place) {
    Parser parser = new Parser(text, place);
    Meta meta = parser.body();
    parser.end();
    return meta;
  }

  private static final class Parser {
    private final String text;
    private final String place;
    private int at;

    Parser(String text, String place) {
      this.text = text;
      this.place = place;
    }

    Meta body() {
      List<Definition> definitions = new ArrayList<>();
      Map<String, Meta> packages = new LinkedHashMap<>();
      for (blanks(); at < text.length() && text.charAt(at) != ')'; blanks()) {
        String word = word();
        if (word.equals("package") && peek('"')) {
          String name = string();
          expect('(');
          packages.put(name, body());
          expect(')');
        } else {
          definitions.add(definition(word));
        }
      }
      return new Meta(List.copyOf(definitions), Collections.unmodifiableMap(packages));
    }

    void end() {
      if (at < text.length()) {
        throw error("'" + text.charAt(at) + "' where a definition was expected");
      }
    }

    private Definition definition(String variable) {
      List<String> predicates = new ArrayList<>();
      if (peek('(')) {
        expect('(');
        while (!peek(')')) {
          predicates.add((accept('-') ? "-" : "") + word());
          accept(',');
        }
        expect(')');
      }
      boolean appends = accept('+');
      expect('=');
      return new Definition(variable, List.copyOf(predicates), appends, string());
    }

    private void blanks() {
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == '#') {
          int end = text.indexOf('\n', at);
          at = end < 0 ? text.length() : end;
        } else if (Character.isWhitespace(c)) {
          at++;
        } else {
          return;
        }
      }
    }

    private boolean peek(char c) {
      blanks();
      return at < text.length() && text.charAt(at) == c;
    }

    private boolean accept(char c) {
      boolean found = peek(c);
      at += found ? 1 : 0;
      return found;
    }

    private void expect(char c) {
      if (!accept(c)) {
        throw error("'" + c + "' expected");
      }
    }

    private String word() {
      blanks();
      int start = at;
      while (at < text.length() && isWord(text.charAt(at))) {
        at++;
      }
      if (start == at) {
        throw error("a name expected");
      }
      return text.substring(start, at);
    }

    private static boolean isWord(char c) {
      return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-';
    }

    private String string() {
      expect('"');
      StringBuilder value = new StringBuilder();
      while (at < text.length() && text.charAt(at) != '"') {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        value.append(text.charAt(at++));
      }
      expect('"');
      return value.toString();
    }

    private MirageException error(String problem) {
      long line = 1 + text.substring(0, at).chars().filter(c -> c == '\n').count();
      return new MirageException(place + ": line " + line + ": " + problem);
    }
  }
}
