// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.suite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mirage.tools.MirageException;

/**
 * What a test of OCaml's suite says of itself in its first comment, {@code (* TEST ... *)}: the
 * language of ocamltest (ocamltest/tsl_lexer.mll, tsl_parser.mly).
 *
 * @param statements about variables, for all nodes
 * @param nodes what is to be done, each with what is to be done after it
 */
record TestBlock(List<Statement> statements, List<Node> nodes) {

  /** What a statement does with its variable. */
  enum Effect {
    ASSIGN,
    APPEND,
    /** The variable is the name of a group of statements. */
    INCLUDE
  }

  /** One statement about a variable. */
  record Statement(Effect effect, String variable, String value) {}

  /** One action or condition; its children follow when it has passed. */
  record Node(
      String name, List<String> modifiers, List<Statement> statements, List<Node> children) {}

  private static final Pattern BEGIN =
      Pattern.compile("\\s*(?:\\(\\*|/\\*)[ \\t]*TEST(_BELOW)?\\b");
  private static final Pattern BELOW = Pattern.compile("(?:\\(\\*|/\\*)[ \\t]*TEST\\b(?!_)");

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|(?<end>\\*\\)|\\*/)|(?<depth>\\*+)|(?<comment>\\(\\*)|\"(?<string>(?:[^\"\\\\]|\\\\.)*)\""
              + "|(?<mark>,|\\+=|=)|(?<name>[\\w.'-]+)",
          Pattern.DOTALL);

  /** The block at the beginning of a file; none when the file is no test. */
  static Optional<TestBlock> parse(String file, String text) {
    Matcher begin = BEGIN.matcher(text);
    if (!begin.lookingAt()) {
      return Optional.empty();
    }
    int start = begin.end();
    if (begin.group(1) != null) {
      Matcher below = BELOW.matcher(text);
      while (below.find()) {
        start = below.end();
      }
    }
    return Optional.of(new Parser(file, text, start).block());
  }

  /** One pass over the tokens. */
  private static final class Parser {
    private final String file;
    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private int next;

    Parser(String file, String text, int start) {
      this.file = file;
      this.text = text;
      tokenize(start);
    }

    private void tokenize(int start) {
      Matcher matcher = TOKEN.matcher(text);
      int at = start;
      while (at < text.length()) {
        if (!matcher.region(at, text.length()).lookingAt()) {
          throw problem("unexpected character '" + text.charAt(at) + "'");
        }
        at = matcher.end();
        if (matcher.group("end") != null) {
          return;
        }
        if (matcher.group("comment") != null) {
          at = text.indexOf("*)", at) + 2;
        } else if (matcher.group("string") != null) {
          tokens.add('"' + unescaped(matcher.group("string")));
        } else if (!matcher.group().isBlank()) {
          tokens.add(matcher.group());
        }
      }
      throw problem("the TEST block does not end");
    }

    /** A backslash joins lines and is otherwise ignored. */
    private static String unescaped(String raw) {
      return raw.replaceAll("\\\\\\r?\\n[ \\t]*(?:\\\\([ \\t]))?", "$1").replace("\\", "");
    }

    TestBlock block() {
      List<Statement> root = new ArrayList<>();
      List<Node> top = new ArrayList<>();
      Deque<Node> open = new ArrayDeque<>();
      List<Statement> current = root;
      while (next < tokens.size()) {
        if (!peek().startsWith("*")) {
          current.add(statement());
          continue;
        }
        int depth = take().length();
        Node node = new Node(take(), modifiers(), new ArrayList<>(), new ArrayList<>());
        while (open.size() >= depth) {
          open.pop();
        }
        (open.isEmpty() ? top : open.peek().children()).add(node);
        open.push(node);
        current = node.statements();
      }
      return new TestBlock(root, top);
    }

    private List<String> modifiers() {
      List<String> names = new ArrayList<>();
      if (next < tokens.size() && peek().equals("with")) {
        do {
          take();
          names.add(take());
        } while (next < tokens.size() && peek().equals(","));
      }
      return names;
    }

    private Statement statement() {
      String name = take();
      if (name.equals("include")) {
        return new Statement(Effect.INCLUDE, take(), "");
      }
      if (name.equals("set")) {
        name = take();
      }
      Effect effect =
          switch (take()) {
            case "=" -> Effect.ASSIGN;
            case "+=" -> Effect.APPEND;
            default -> throw problem("after " + name + ": neither = nor +=");
          };
      String value = take();
      if (!value.startsWith("\"")) {
        throw problem(name + ": not a string: " + value);
      }
      return new Statement(effect, name, value.substring(1));
    }

    private String peek() {
      return tokens.get(next);
    }

    private String take() {
      if (next == tokens.size()) {
        throw problem("the TEST block ends too early");
      }
      return tokens.get(next++);
    }

    private MirageException problem(String what) {
      return new MirageException(file + ": " + what);
    }
  }
}
