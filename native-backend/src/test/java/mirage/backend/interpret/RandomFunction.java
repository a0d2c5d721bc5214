// SPDX-License-Identifier: Apache-2.0
package mirage.backend.interpret;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import mirage.backend.ir.Block;
import mirage.backend.ir.Captured;
import mirage.backend.ir.ClosureSet;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Num;
import mirage.backend.ir.Op;
import mirage.backend.ir.Sibling;
import mirage.backend.ir.Var;

/** One function by chance: it takes integers, and what its closure captures, and returns an integer. */
final class RandomFunction {
  /** The global of the exception that a division raises. */
  static final int ZERO_DIVIDE = 5;

  private static final int STATEMENTS = 5;
  private static final int DEEPEST = 3;
  private static final int DEEPEST_CLOSURE = 2;

  private final RandomProgram whole;
  private final Random random;
  private final Function function;
  private final ClosureSet set;
  private final int index;
  private final List<RandomValues.Kind> captured;
  private final RandomCode code;
  private final RandomValues values;
  private Var closure;
  private int nesting;

  /**
   * @param set its own, or one that it shares with others
   * @param captured kinds of what the set captures
   */
  RandomFunction(
      RandomProgram whole,
      Function function,
      ClosureSet set,
      int index,
      List<RandomValues.Kind> captured) {
    this.whole = whole;
    this.random = whole.random();
    this.function = function;
    this.set = set;
    this.index = index;
    this.captured = captured;
    this.code = new RandomCode(function, random);
    this.values = new RandomValues(code, random);
  }

  /** A function of a closure inside so many others. */
  private RandomFunction nested(int depth) {
    nesting = depth;
    return this;
  }

  void write() {
    List<Var> params = function.entry().params();
    for (int i = 0; i < function.arity(); i++) {
      params.add(code.newVar());
      values.add(params.get(i), RandomValues.Kind.INT);
    }
    closure = code.newVar();
    params.add(closure);
    for (int i = 0; i < captured.size(); i++) {
      values.add(code.value(Op.CAPTURED, new Captured(set, index, i), closure), captured.get(i));
    }
    if (index == 0 && set.functions().size() > 1) {
      Var other = code.value(Op.SIBLING, new Sibling(set, 0, 1), closure);
      values.addFunction(other, set.functions().get(1).arity());
    }
    boolean repeats = random.nextInt(3) == 0;
    Var fuel = repeats ? fuel(params.get(0)) : null;
    statements(0);
    if (repeats) {
      List<Var> args = new ArrayList<>(List.of(closure));
      args.add(code.value(Op.ADD, null, fuel, code.integer(-1)));
      for (int i = 1; i < function.arity(); i++) {
        args.add(values.integer());
      }
      code.end(new End.TailCall(null, args, -1));
    } else {
      code.end(new End.Return(values.integer()));
    }
    for (int slot = 0; slot < function.slots(); slot++) {
      Var zero = code.newVar();
      List<Instr> body = function.entry().body();
      body.add(0, Instr.of(Op.SET_SLOT, null, slot, -1, zero));
      body.add(0, Instr.of(Op.INT, zero, 0, -1));
    }
  }

  /** The first argument counts calls of itself, down to none. */
  private Var fuel(Var argument) {
    Var fuel = code.value(Op.AND, null, argument, code.integer(7));
    Block over = code.newBlock();
    Block more = code.newBlock();
    Var none = code.value(Op.LE, null, fuel, code.integer(0));
    code.end(new End.Branch(none, new Edge(over), new Edge(more)));
    int mark = values.size();
    code.begin(over);
    code.end(new End.Return(values.integer()));
    values.forget(mark);
    code.begin(more);
    return fuel;
  }

  private void statements(int depth) {
    int count = 1 + random.nextInt(STATEMENTS - depth);
    for (int i = 0; i < count && whole.more(); i++) {
      statement(depth);
    }
  }

  private void statement(int depth) {
    int choice = random.nextInt(depth < DEEPEST ? 12 : 7);
    switch (choice) {
      case 0, 1, 2, 3 -> values.compute();
      case 4 -> call();
      case 5 -> makeClosure();
      case 6 -> print();
      case 7 -> choose(depth);
      case 8 -> cases(depth);
      case 9 -> countedLoop(depth);
      case 10 -> loopTestedAtEnd(depth);
      default -> trap(depth);
    }
  }

  private void print() {
    code.value(Op.APPLY, null, code.value(Op.GLOBAL, RandomProgram.PRINT), values.integer());
  }

  // Calls and closures.

  /** Of a closure at hand, or of a function made before the one that all this is a part of. */
  private void call() {
    int before = whole.toplevel().size() - 1;
    RandomValues.Callee local = values.function();
    if (local != null && random.nextBoolean()) {
      apply(local.var(), local.arity());
    } else if (before > 1) {
      int chosen = 1 + random.nextInt(before - 1);
      Var callee = code.value(Op.GLOBAL, RandomProgram.global(chosen));
      apply(callee, whole.toplevel().get(chosen).functions().get(0).arity());
    }
  }

  /** At once, or first with some of its arguments. */
  private void apply(Var callee, int arity) {
    Var[] args = new Var[1 + arity];
    args[0] = callee;
    for (int i = 1; i <= arity; i++) {
      args[i] = values.integer();
    }
    if (arity > 1 && random.nextInt(4) == 0) {
      Var some = code.value(Op.APPLY, null, callee, args[1]);
      Var[] rest = new Var[arity];
      rest[0] = some;
      System.arraycopy(args, 2, rest, 1, arity - 1);
      values.add(code.value(Op.APPLY, null, rest), RandomValues.Kind.INT);
    } else {
      values.add(code.value(Op.APPLY, null, args), RandomValues.Kind.INT);
    }
  }

  private void makeClosure() {
    if (nesting == DEEPEST_CLOSURE) {
      values.compute();
      return;
    }
    List<Function> functions = new ArrayList<>();
    int count = 1 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      String name = "g" + whole.program().functions().size();
      functions.add(new Function(name, 1 + random.nextInt(2), 0));
      whole.program().functions().add(functions.get(i));
    }
    ClosureSet inner = new ClosureSet(functions);
    List<RandomValues.Kind> kinds = new ArrayList<>();
    List<Var> vars = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      RandomValues.Kind kind = RandomValues.Kind.data(random);
      kinds.add(kind);
      vars.add(values.any(kind));
    }
    for (int i = 0; i < count; i++) {
      new RandomFunction(whole, functions.get(i), inner, i, kinds).nested(nesting + 1).write();
    }
    Var made = code.value(Op.CLOSURES, inner, vars.toArray(Var[]::new));
    values.addFunction(made, functions.get(0).arity());
    if (count > 1 && random.nextBoolean()) {
      Var second = code.value(Op.SIBLING, new Sibling(inner, 0, 1), made);
      values.addFunction(second, functions.get(1).arity());
    }
  }

  // Blocks.

  /** Kinds of what a join takes, and the block. */
  private record Join(Block block, List<RandomValues.Kind> kinds) {}

  private Join join() {
    List<RandomValues.Kind> kinds = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      kinds.add(RandomValues.Kind.data(random));
    }
    return new Join(code.newBlock(), kinds);
  }

  private Edge edge(Join join) {
    return new Edge(join.block(), join.kinds().stream().map(values::any).toArray(Var[]::new));
  }

  private void begin(Join join) {
    code.begin(join.block());
    for (RandomValues.Kind kind : join.kinds()) {
      Var param = code.newVar();
      join.block().params().add(param);
      values.add(param, kind);
    }
  }

  /** A way from one block to another, past statements that others do not see. */
  private void way(Block from, int depth, Join to) {
    int mark = values.size();
    code.begin(from);
    statements(depth + 1);
    code.end(new End.Jump(edge(to)));
    values.forget(mark);
  }

  private void choose(int depth) {
    Block yes = code.newBlock();
    Block no = code.newBlock();
    Join join = join();
    code.end(new End.Branch(values.condition(), new Edge(yes), new Edge(no)));
    way(yes, depth, join);
    if (random.nextInt(4) == 0) {
      int mark = values.size();
      code.begin(no);
      raise();
      values.forget(mark);
    } else {
      way(no, depth, join);
    }
    begin(join);
  }

  private void raise() {
    int global = random.nextBoolean() ? ZERO_DIVIDE : 2 + random.nextInt(5);
    Var exception = code.value(Op.GLOBAL, global);
    if (global != ZERO_DIVIDE) {
      exception = code.value(Op.BLOCK, 0, exception, values.integer());
    }
    End.RaiseKind[] kinds = End.RaiseKind.values();
    code.end(new End.Raise(exception, kinds[random.nextInt(kinds.length)], -1));
  }

  private void cases(int depth) {
    Var on = values.any(RandomValues.Kind.VARIANT);
    Join join = join();
    List<Edge> integers = new ArrayList<>();
    List<Edge> tags = new ArrayList<>();
    for (int i = 0; i < RandomValues.VARIANTS; i++) {
      integers.add(new Edge(code.newBlock()));
      tags.add(new Edge(code.newBlock()));
    }
    if (random.nextBoolean()) {
      integers.set(1, integers.get(0));
    }
    code.end(new End.Switch(on, integers, tags));
    integers.stream().distinct().forEach(edge -> way(edge.target(), depth, join));
    for (int tag = 0; tag < tags.size(); tag++) {
      int mark = values.size();
      code.begin(tags.get(tag).target());
      for (int field = 0; field <= tag; field++) {
        values.add(code.value(Op.FIELD, field, on), RandomValues.Kind.INT);
      }
      statements(depth + 1);
      code.end(new End.Jump(edge(join)));
      values.forget(mark);
    }
    begin(join);
  }

  /** Tested in front of each turn. */
  private void countedLoop(int depth) {
    boolean up = random.nextBoolean();
    Var few = random.nextBoolean() ? code.integer(random.nextInt(7)) : values.few();
    Var start = up ? code.integer(random.nextInt(2) - 1) : few;
    Var limit = up ? few : code.integer(random.nextInt(2));
    Op[] tests = up ? new Op[] {Op.LT, Op.LE} : new Op[] {Op.GT, Op.GE};
    Op test = tests[random.nextInt(2)];
    Block body = code.newBlock();
    Block after = code.newBlock();
    Join header = join();
    code.end(new End.Jump(edge(header).with(start)));
    begin(header);
    Var counter = code.newVar();
    header.block().params().add(counter);
    values.add(counter, RandomValues.Kind.INT);
    Var goesOn = code.value(test, null, counter, limit);
    code.end(new End.Branch(goesOn, new Edge(body), new Edge(after)));
    int mark = values.size();
    code.begin(body);
    statements(depth + 1);
    Var next = code.value(Op.ADD, null, counter, code.integer(up ? 1 : -1));
    code.end(new End.Jump(edge(header).with(next)));
    values.forget(mark);
    code.begin(after);
  }

  /** As the compiler makes {@code for} loops. */
  private void loopTestedAtEnd(int depth) {
    Var start = code.integer(random.nextInt(3));
    Var limit = random.nextBoolean() ? values.few() : code.integer(random.nextInt(12));
    Join body = join();
    Join after = join();
    Block again = code.newBlock();
    Var some = code.value(Op.LE, null, start, limit);
    code.end(new End.Branch(some, edge(body).with(start), edge(after)));
    int mark = values.size();
    begin(body);
    Var counter = code.newVar();
    body.block().params().add(counter);
    values.add(counter, RandomValues.Kind.INT);
    statements(depth + 1);
    Var next = code.value(Op.ADD, null, counter, code.integer(1));
    Var goesOn = code.value(Op.NE, null, counter, limit);
    code.end(new End.Branch(goesOn, new Edge(again), edge(after)));
    code.begin(again);
    code.end(new End.Jump(edge(body).with(next)));
    values.forget(mark);
    begin(after);
  }

  private void trap(int depth) {
    int slot = function.slots();
    function.setSlots(slot + 1);
    Block body = code.newBlock();
    Block handler = code.newBlock();
    Join join = join();
    code.effect(Op.SET_SLOT, slot, values.integer());
    code.end(new End.PushTrap(new Edge(body), handler, -1));

    int mark = values.size();
    code.begin(body);
    statements(depth + 1);
    code.effect(Op.SET_SLOT, new Num(slot), values.integer());
    statements(depth + 1);
    Edge out = edge(join);
    code.effect(Op.POP_TRAP, null);
    code.end(new End.Jump(out));
    values.forget(mark);

    code.begin(handler);
    Var exception = code.newVar();
    handler.params().add(exception);
    Var zero = code.value(Op.GLOBAL, ZERO_DIVIDE);
    values.add(code.value(Op.EQ, null, exception, zero), RandomValues.Kind.INT);
    values.add(code.value(Op.SLOT, slot), RandomValues.Kind.INT);
    statements(depth + 1);
    code.end(new End.Jump(edge(join)));
    values.forget(mark);
    begin(join);
  }
}
