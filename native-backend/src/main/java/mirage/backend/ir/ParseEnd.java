// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the end of one block, as {@link End}'s {@code toString} writes it. */
final class ParseEnd {
  private static final Pattern EDGE = Pattern.compile("b(\\d+)\\(([^)]*)\\)");
  private static final Pattern VAR = Pattern.compile("\\b[vw]\\d+\\b");

  private final ParseFunction function;
  private final String text;
  private final String[] words;

  ParseEnd(ParseFunction function, String text) {
    this.function = function;
    this.text = text;
    this.words = text.split(" ");
  }

  End read() {
    return switch (words[0]) {
      case "jump" -> new End.Jump(edges(text).get(0));
      case "repeat" ->
          new End.Repeat(End.Turns.valueOf(words[1]), function.var(words[2]), edges(text).get(0));
      case "turn" -> new End.Turn(edges(text).get(0), edges(text).get(1));
      case "branch" ->
          new End.Branch(function.var(words[1]), edges(text).get(0), edges(text).get(1));
      case "compare" -> compare();
      case "switch" -> {
        int tags = text.indexOf(" tags ");
        yield new End.Switch(
            function.var(words[1]), edges(text.substring(0, tags)), edges(text.substring(tags)));
      }
      case "return" -> new End.Return(function.var(words[1]));
      case "raise" -> new End.Raise(function.var(words[2]), End.RaiseKind.valueOf(words[1]), -1);
      case "tail" -> tail();
      case "tailjump" -> tailJump();
      case "trap" -> {
        String handler = words[words.length - 1];
        yield new End.PushTrap(edges(text).get(0), function.block(handler.substring(1)), -1);
      }
      case "stop" -> new End.Stop();
      default -> throw new IllegalArgumentException("no operation and no end of a block");
    };
  }

  private List<Edge> edges(String part) {
    List<Edge> edges = new ArrayList<>();
    Matcher matcher = EDGE.matcher(part);
    while (matcher.find()) {
      Var[] args = function.vars(matcher.group(2)).toArray(Var[]::new);
      edges.add(new Edge(function.block(matcher.group(1)), args));
    }
    return edges;
  }

  /** {@code compare LT 3 [v1] ? b1() : b2()}. */
  private End compare() {
    int open = text.indexOf('[');
    String condition = text.substring("compare ".length(), open).trim();
    return new End.Compare(
        ParseFunction.condition(condition),
        vars(text.substring(open, text.indexOf(']'))),
        edges(text).get(0),
        edges(text).get(1));
  }

  /** {@code tail NAME(v1, v2)}; no function is called apply. */
  private End tail() {
    int open = text.indexOf('(');
    String name = text.substring("tail ".length(), open);
    List<Var> args = vars(text.substring(open));
    return new End.TailCall(name.equals("apply") ? null : function.function(name), args, -1);
  }

  private End tailJump() {
    int open = text.indexOf('[');
    String name = text.substring("tailjump ".length(), open);
    Symbol symbol = name.equals("register") ? null : ParseFunction.symbol(name);
    return new End.TailJump(symbol, vars(text.substring(open)), -1);
  }

  private List<Var> vars(String part) {
    List<Var> found = new ArrayList<>();
    Matcher matcher = VAR.matcher(part);
    while (matcher.find()) {
      found.add(function.var(matcher.group()));
    }
    return found;
  }
}
