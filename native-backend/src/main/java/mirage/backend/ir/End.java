// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** How a block ends. */
public sealed interface End {

  /** What it uses, edge arguments not included. */
  default List<Var> uses() {
    return List.of();
  }

  /** Where it may go, in order. */
  default List<Edge> edges() {
    return List.of();
  }

  /** The same with other variables and edges. */
  End map(UnaryOperator<Var> var, UnaryOperator<Edge> edge);

  record Jump(Edge to) implements End {
    @Override
    public List<Edge> edges() {
      return List.of(to);
    }

    @Override
    public End map(UnaryOperator<Var> var, UnaryOperator<Edge> edge) {
      return new Jump(edge.apply(to));
    }

    @Override
    public String toString() {
      return "jump " + to;
    }
  }

  /** How often a loop is done, as a word. */
  enum Turns {
    /** Unsigned, at least once. */
    SOME,
    /** Unsigned. */
    ANY,
    /** Signed; not at all if negative. */
    POSITIVE
  }

  /** Begins a loop that counts by itself: its header ends with {@link Turn}, and the loop calls nothing. */
  record Repeat(Turns turns, Var count, Edge to) implements End {
    @Override
    public List<Var> uses() {
      return List.of(count);
    }

    @Override
    public List<Edge> edges() {
      return List.of(to);
    }

    @Override
    public End map(UnaryOperator<Var> var, UnaryOperator<Edge> edge) {
      return new Repeat(turns, var.apply(count), edge.apply(to));
    }

    @Override
    public String toString() {
      return "repeat " + turns + " " + count + " " + to;
    }
  }

  /** Goes on with {@code body} as many times as {@link Repeat} says, then with {@code exit}. */
  record Turn(Edge body, Edge exit) implements End {
    @Override
    public List<Edge> edges() {
      return List.of(body, exit);
    }

    @Override
    public End map(UnaryOperator<Var> var, UnaryOperator<Edge> edge) {
      return new Turn(edge.apply(body), edge.apply(exit));
    }

    @Override
    public String toString() {
      return "turn " + body + " exit " + exit;
    }
  }

  /** On an OCaml boolean. */
  record Branch(Var condition, Edge ifTrue, Edge ifFalse) implements End {
    @Override
    public List<Var> uses() {
      return List.of(condition);
    }

    @Override
    public List<Edge> edges() {
      return List.of(ifTrue, ifFalse);
    }

    @Override
    public End map(UnaryOperator<Var> var, UnaryOperator<Edge> edge) {
      return new Branch(var.apply(condition), edge.apply(ifTrue), edge.apply(ifFalse));
    }

    @Override
    public String toString() {
      return "branch " + condition + " ? " + ifTrue + " : " + ifFalse;
    }
  }

  /** On words: what the machine does for a branch. */
  record Compare(Condition condition, List<Var> args, Edge ifTrue, Edge ifFalse) implements End {
    @Override
    public List<Var> uses() {
      return args;
    }

    @Override
    public List<Edge> edges() {
      return List.of(ifTrue, ifFalse);
    }

    @Override
    public End map(UnaryOperator<Var> var, UnaryOperator<Edge> edge) {
      return new Compare(
          condition, args.stream().map(var).toList(), edge.apply(ifTrue), edge.apply(ifFalse));
    }

    @Override
    public String toString() {
      return "compare " + condition + " " + args + " ? " + ifTrue + " : " + ifFalse;
    }
  }

  /** A tail call on the machine: to a symbol, or to a code pointer, the first argument. */
  record TailJump(Symbol symbol, List<Var> args, int pc) implements End {
    @Override
    public List<Var> uses() {
      return args;
    }

    @Override
    public End map(UnaryOperator<Var> var, UnaryOperator<Edge> edge) {
      return new TailJump(symbol, args.stream().map(var).toList(), pc);
    }

    @Override
    public String toString() {
      return "tailjump " + (symbol == null ? "register" : symbol) + args;
    }
  }

  /** On an immediate's value, or a block's tag. */
  record Switch(Var on, List<Edge> integers, List<Edge> tags) implements End {
    @Override
    public List<Var> uses() {
      return List.of(on);
    }

    @Override
    public List<Edge> edges() {
      List<Edge> all = new ArrayList<>(integers);
      all.addAll(tags);
      return all;
    }

    @Override
    public End map(UnaryOperator<Var> var, UnaryOperator<Edge> edge) {
      return new Switch(
          var.apply(on), integers.stream().map(edge).toList(), tags.stream().map(edge).toList());
    }

    @Override
    public String toString() {
      return "switch " + on + " ints " + integers + " tags " + tags;
    }
  }

  record Return(Var value) implements End {
    @Override
    public List<Var> uses() {
      return List.of(value);
    }

    @Override
    public End map(UnaryOperator<Var> var, UnaryOperator<Edge> edge) {
      return new Return(var.apply(value));
    }

    @Override
    public String toString() {
      return "return " + value;
    }
  }

  /** What a raise does to the backtrace. */
  enum RaiseKind {
    RAISE,
    RERAISE,
    NOTRACE
  }

  record Raise(Var exception, RaiseKind kind, int pc) implements End {
    @Override
    public List<Var> uses() {
      return List.of(exception);
    }

    @Override
    public End map(UnaryOperator<Var> var, UnaryOperator<Edge> edge) {
      return new Raise(var.apply(exception), kind, pc);
    }

    @Override
    public String toString() {
      return "raise " + kind + " " + exception;
    }
  }

  /**
   * A call whose result is the function's own.
   *
   * @param function the callee of exactly that arity, or null when the first argument is a closure
   * @param args arguments as of {@link Op#CALL} or {@link Op#APPLY}
   */
  record TailCall(Function function, List<Var> args, int pc) implements End {
    @Override
    public List<Var> uses() {
      return args;
    }

    @Override
    public End map(UnaryOperator<Var> var, UnaryOperator<Edge> edge) {
      return new TailCall(function, args.stream().map(var).toList(), pc);
    }

    @Override
    public String toString() {
      return "tail "
          + (function == null ? "apply" : function.name())
          + args.stream().map(Var::toString).collect(Collectors.joining(", ", "(", ")"));
    }
  }

  /** Goes on with {@code body}; an exception before its POP_TRAP goes to {@code handler}, whose one parameter it is. */
  record PushTrap(Edge body, Block handler, int pc) implements End {
    @Override
    public List<Edge> edges() {
      return List.of(body, new Edge(handler));
    }

    @Override
    public End map(UnaryOperator<Var> var, UnaryOperator<Edge> edge) {
      return new PushTrap(edge.apply(body), handler, pc);
    }

    @Override
    public String toString() {
      return "trap " + body + " handler " + handler.label();
    }
  }

  /** The end of the program. */
  record Stop() implements End {
    @Override
    public End map(UnaryOperator<Var> var, UnaryOperator<Edge> edge) {
      return this;
    }

    @Override
    public String toString() {
      return "stop";
    }
  }

  /** Helper of passes: maps all arguments of an edge. */
  static Edge mapArgs(Edge edge, UnaryOperator<Var> var) {
    return new Edge(edge.target(), Arrays.stream(edge.args()).map(var).toArray(Var[]::new));
  }
}
