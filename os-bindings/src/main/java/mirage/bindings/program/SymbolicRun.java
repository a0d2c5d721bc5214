// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.program;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mirage.bindings.program.Definition.Kind;
import mirage.formats.Bytecode;
import mirage.formats.ClosureMember;
import mirage.formats.Instruction;
import mirage.formats.Operand;
import mirage.formats.PlainInstruction;
import mirage.formats.PlainOp;

/**
 * Runs code symbolically: the code that is not inside any function, or the body of one function. Finds which definition is in
 * which global, what is called, which definitions the code itself needs, and which instructions made the others.
 */
final class SymbolicRun {
  /** Accumulator and stack before an instruction; the top of the stack is last. */
  private static final class State {
    private Definition accu;
    private final List<Definition> stack;

    private State(Definition accu, List<Definition> stack) {
      this.accu = accu;
      this.stack = new ArrayList<>(stack);
    }

    private Definition slot(int n) {
      return stack.get(stack.size() - 1 - n);
    }

    private void push(Definition definition) {
      stack.add(definition);
    }

    private void pushOthers(int count) {
      for (int i = 0; i < count; i++) {
        push(Definition.OTHER);
      }
    }

    private Definition pop() {
      return stack.remove(stack.size() - 1);
    }

    private void pop(int count) {
      for (int i = 0; i < count; i++) {
        pop();
      }
    }

    /** So many values: the accumulator, the others off the stack. */
    private List<Definition> take(int count) {
      List<Definition> values = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        values.add(i == 0 ? accu : pop());
      }
      return values;
    }
  }

  private final Bytecode code;
  private final BitSet targets;
  private final Map<Integer, State> joins = new HashMap<>();
  private final Deque<Integer> todo = new ArrayDeque<>();
  private final BitSet visited = new BitSet();
  private final Map<Integer, Definition> globals = new HashMap<>();
  private final Map<Integer, Definition> made = new TreeMap<>();
  private final List<Definition> needed = new ArrayList<>();
  private final List<Definition> calls = new ArrayList<>();
  private final Definition result = new Definition(Kind.JOIN, -1, -1, List.of());

  /** The function that is run, or null. */
  private final Definition self;

  private SymbolicRun(Bytecode code, BitSet targets, Definition self) {
    this.code = code;
    this.targets = targets;
    this.self = self;
  }

  /**
   * Runs the code that is in no function.
   *
   * @param targets instructions that a jump may reach
   * @throws IllegalStateException if no compiler makes such code
   */
  static SymbolicRun ofInitialisation(Bytecode code, BitSet targets) {
    SymbolicRun run = new SymbolicRun(code, targets, null);
    run.run(0, 0);
    return run;
  }

  /**
   * Runs a function.
   *
   * @throws IllegalStateException if no compiler makes such code
   */
  static SymbolicRun ofFunction(Bytecode code, BitSet targets, Definition function) {
    SymbolicRun run = new SymbolicRun(code, targets, function);
    int entry = entry(code, function);
    run.run(entry, code.arity(entry));
    return run;
  }

  /** First instruction of a function. */
  static int entry(Bytecode code, Definition function) {
    return functions(code, function)[function.index()];
  }

  /** First instructions of all functions whose closures are made together with a function's. */
  private static int[] functions(Bytecode code, Definition function) {
    return code.at(function.operands().get(0).pc()).labels(Operand.FUNCTION);
  }

  /** What each global is set to. */
  Map<Integer, Definition> globals() {
    return globals;
  }

  /** Definitions made by instructions that may be replaced if nothing demands them, by instruction. */
  Map<Integer, Definition> made() {
    return made;
  }

  /** Definitions the initialisation code uses itself, in full. */
  List<Definition> needed() {
    return needed;
  }

  /** Instructions that are run. */
  BitSet visited() {
    return visited;
  }

  /** Calls that are made, whether or not their results are used. */
  List<Definition> calls() {
    return calls;
  }

  /** What the function returns. */
  Definition result() {
    return result;
  }

  private void run(int start, int arguments) {
    arrive(start, new State(Definition.OTHER, Collections.nCopies(arguments, Definition.OTHER)));
    todo.add(start);
    while (!todo.isEmpty()) {
      int pc = todo.remove();
      State state = joins.get(pc);
      State current = new State(state.accu, state.stack);
      while (pc >= 0 && !visited.get(pc)) {
        visited.set(pc);
        pc = next(pc, current);
      }
    }
  }

  /** Interprets one instruction; returns where control goes on, or -1. */
  private int next(int pc, State state) {
    Instruction instruction = code.at(pc);
    int end = instruction.next();
    for (PlainInstruction plain : instruction.plain()) {
      step(plain, instruction, state);
    }
    for (int target : instruction.labels(Operand.TARGET)) {
      jump(target, state);
    }
    if (!instruction.op().continues()) {
      return -1;
    }
    if (targets.get(end)) {
      jump(end, state);
      return -1;
    }
    return end;
  }

  private void jump(int target, State state) {
    if (arrive(target, state)) {
      todo.add(target);
    }
  }

  /** Merges a state into that of a join; returns whether control comes here for the first time. */
  private boolean arrive(int target, State state) {
    State join = joins.get(target);
    boolean first = join == null;
    if (first) {
      join = new State(merge(null, state.accu), List.of());
      for (Definition slot : state.stack) {
        join.push(merge(null, slot));
      }
      joins.put(target, join);
      return true;
    }
    join.accu = merge(join.accu, state.accu);
    if (join.stack.size() != state.stack.size()) {
      throw new IllegalStateException("stack depths differ at word " + target);
    }
    for (int i = 0; i < state.stack.size(); i++) {
      merge(join.stack.get(i), state.stack.get(i));
    }
    return false;
  }

  private static Definition merge(Definition join, Definition incoming) {
    if (join == null) {
      return new Definition(Kind.JOIN, -1, -1, List.of(incoming));
    }
    join.join(incoming);
    return join;
  }

  private void step(PlainInstruction plain, Instruction in, State s) {
    int pc = in.pc();
    switch (plain.op()) {
      case PUSH -> s.push(s.accu);
      case ACC -> {
        Definition slot = s.slot(plain.operand(0));
        // An instruction of one word cannot become shorter.
        s.accu = in.operands().length == 0 ? slot : make(Kind.COPY, pc, -1, List.of(slot));
      }
      case POP -> s.pop(plain.operand(0));
      case ASSIGN -> assign(s, plain.operand(0));
      case CONST, ATOM -> s.accu = Definition.OTHER;
      case GETGLOBAL -> s.accu = make(Kind.GLOBAL, pc, plain.operand(0), List.of());
      case SETGLOBAL -> {
        globals.put(plain.operand(0), s.accu);
        s.accu = Definition.OTHER;
      }
      case GETFIELD -> s.accu = make(Kind.FIELD, pc, plain.operand(0), List.of(s.accu));
      case MAKEBLOCK -> s.accu = make(Kind.BLOCK, pc, -1, s.take(plain.values()));
      case CLOSURE -> s.accu = function(make(Kind.CLOSURE, pc, -1, s.take(plain.values())), 0);
      case CLOSUREREC -> {
        Definition block = make(Kind.CLOSURE, pc, -1, s.take(plain.values()));
        for (int i = 0; i < plain.operand(0); i++) {
          s.push(function(block, i));
        }
        s.accu = function(block, 0);
      }
      case ENVACC -> s.accu = captured(plain.operand(0), pc);
      case OFFSETCLOSURE -> s.accu = sibling(plain.operand(0), pc);
      default -> control(plain, pc, s);
    }
  }

  /** Calls, jumps, and all operations whose values are simply used. */
  private void control(PlainInstruction plain, int pc, State s) {
    switch (plain.op()) {
      case PUSH_RETADDR -> s.pushOthers(PlainOp.RETURN_FRAME);
      case POP_RETADDR -> s.pop(PlainOp.RETURN_FRAME);
      case PUSHTRAP -> {
        jump(plain.operand(0), new State(Definition.OTHER, s.stack));
        s.pushOthers(PlainOp.TRAP_FRAME);
      }
      case POPTRAP -> s.pop(PlainOp.TRAP_FRAME);
      case BRANCH -> {}
        // A partial application resumes at the RESTART in front of GRAB.
      case GRAB -> visited.set(pc - 1);
      case APPLY -> call(s, pc, plain);
      case APPTERM -> {
        call(s, pc, plain);
        result.join(s.accu);
      }
      case RETURN -> result.join(s.accu);
      case GETMETHOD, GETDYNMET -> {
        needed.add(s.slot(0));
        use(s, 1);
      }
      case RESTART, EVENT, BREAK -> throw new IllegalStateException(plain.op() + " at word " + pc);
      default -> use(s, plain.values());
    }
  }

  private Definition captured(int field, int pc) {
    int index = field - member(pc).firstVariable();
    List<Definition> values = self.operands().get(0).operands();
    if (index < 0 || index >= values.size()) {
      throw new IllegalStateException("no captured value " + index + " at word " + pc);
    }
    return values.get(index);
  }

  private Definition sibling(int words, int pc) {
    int index = member(pc).sibling(words);
    if (index < 0) {
      throw new IllegalStateException("no closure " + words + " words away at word " + pc);
    }
    return function(self.operands().get(0), index);
  }

  private ClosureMember member(int pc) {
    if (self == null) {
      throw new IllegalStateException("an environment outside any function at word " + pc);
    }
    return new ClosureMember(self.index(), functions(code, self).length);
  }

  private static Definition function(Definition block, int index) {
    return new Definition(Kind.FUNCTION, -1, index, List.of(block));
  }

  /** The callee does with its arguments what it wants; what is done with its result shows later. */
  private void call(State s, int pc, PlainInstruction plain) {
    Definition call = new Definition(Kind.CALL, pc, plain.operand(0), List.of(s.accu));
    calls.add(call);
    List<Definition> values = s.take(plain.values());
    needed.addAll(values.subList(1, values.size()));
    s.accu = call;
  }

  private Definition make(Kind kind, int pc, int index, List<Definition> operands) {
    Definition definition = new Definition(kind, pc, index, operands);
    made.put(pc, definition);
    return definition;
  }

  /** A handler may see the old or the new value, so the new one counts as used. */
  private void assign(State s, int slot) {
    needed.add(s.accu);
    s.stack.set(s.stack.size() - 1 - slot, s.accu);
    s.accu = Definition.OTHER;
  }

  private void use(State s, int values) {
    needed.addAll(s.take(values));
    s.accu = Definition.OTHER;
  }
}
