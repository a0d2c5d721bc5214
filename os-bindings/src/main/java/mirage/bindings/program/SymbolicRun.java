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
import mirage.formats.BytecodeOp;

/**
 * Runs code symbolically: the code that is not inside any function, or the body of one function. Finds which definition is in
 * which global, what is called, which definitions the code itself needs, and which instructions made the others.
 */
final class SymbolicRun {
  private static final int FRAME = 3;

  /** A function takes three words of its block of closures, but the first two (runtime/interp.c, CLOSUREREC). */
  private static final int FUNCTION_WORDS = 3;

  private static final int TRAP_FRAME = 4;

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
  }

  private final int[] code;
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

  private SymbolicRun(int[] code, BitSet targets, Definition self) {
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
  static SymbolicRun ofInitialisation(int[] code, BitSet targets) {
    SymbolicRun run = new SymbolicRun(code, targets, null);
    run.run(0, 0);
    return run;
  }

  /**
   * Runs a function.
   *
   * @throws IllegalStateException if no compiler makes such code
   */
  static SymbolicRun ofFunction(int[] code, BitSet targets, Definition function) {
    SymbolicRun run = new SymbolicRun(code, targets, function);
    int body = body(code, function);
    run.run(body, arity(code, body));
    return run;
  }

  /** First instruction of a function. */
  static int body(int[] code, Definition function) {
    return Label.of(code, function.operands().get(0).pc()).get(function.index()).target(code);
  }

  /** How many arguments the function that begins at {@code body} takes. */
  static int arity(int[] code, int body) {
    return BytecodeOp.of(code[body]) == BytecodeOp.GRAB ? code[body + 1] + 1 : 1;
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
    BytecodeOp op = BytecodeOp.of(code[pc]);
    int end = pc + op.length(code, pc);
    step(op, pc, state);
    switch (op.shape()) {
      case LABEL -> {
        if (op != BytecodeOp.PUSHTRAP && op != BytecodeOp.PUSH_RETADDR) {
          jump(pc + 1 + code[pc + 1], state);
        }
      }
      case INTEGER_LABEL -> jump(pc + 2 + code[pc + 2], state);
      case SWITCH -> {
        for (int at = pc + 2; at < end; at++) {
          jump(pc + 2 + code[at], state);
        }
      }
      default -> {}
    }
    return switch (op.flow()) {
      case JUMP, END -> -1;
      case NEXT, CONDITIONAL -> {
        if (targets.get(end)) {
          jump(end, state);
          yield -1;
        }
        yield end;
      }
    };
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

  private void step(BytecodeOp op, int pc, State s) {
    String name = op.name();
    if (name.startsWith("PUSH") && !name.equals("PUSH_RETADDR") && !name.equals("PUSHTRAP")) {
      s.push(s.accu);
      if (op != BytecodeOp.PUSH) {
        step(BytecodeOp.valueOf(name.substring(4)), pc, s);
      }
      return;
    }
    switch (op) {
      case ACC0, ACC1, ACC2, ACC3, ACC4, ACC5, ACC6, ACC7 ->
          s.accu = s.slot(op.ordinal() - BytecodeOp.ACC0.ordinal());
      case ACC -> s.accu = make(Kind.COPY, pc, -1, List.of(s.slot(code[pc + 1])));
      case POP -> s.pop(code[pc + 1]);
      case ASSIGN -> assign(s, code[pc + 1]);
      case GETGLOBAL -> s.accu = make(Kind.GLOBAL, pc, code[pc + 1], List.of());
      case GETGLOBALFIELD -> {
        Definition global = new Definition(Kind.GLOBAL, -1, code[pc + 1], List.of());
        s.accu = make(Kind.FIELD, pc, code[pc + 2], List.of(global));
      }
      case SETGLOBAL -> {
        globals.put(code[pc + 1], s.accu);
        s.accu = Definition.OTHER;
      }
      case GETFIELD0, GETFIELD1, GETFIELD2, GETFIELD3 ->
          s.accu =
              make(Kind.FIELD, pc, op.ordinal() - BytecodeOp.GETFIELD0.ordinal(), List.of(s.accu));
      case GETFIELD -> s.accu = make(Kind.FIELD, pc, code[pc + 1], List.of(s.accu));
      case MAKEBLOCK -> s.accu = make(Kind.BLOCK, pc, -1, operands(s, code[pc + 1]));
      case MAKEBLOCK1 -> s.accu = make(Kind.BLOCK, pc, -1, operands(s, 1));
      case MAKEBLOCK2 -> s.accu = make(Kind.BLOCK, pc, -1, operands(s, 2));
      case MAKEBLOCK3 -> s.accu = make(Kind.BLOCK, pc, -1, operands(s, 3));
      case CLOSURE -> s.accu = function(make(Kind.CLOSURE, pc, -1, operands(s, code[pc + 1])), 0);
      case CLOSUREREC -> {
        Definition block = make(Kind.CLOSURE, pc, -1, operands(s, code[pc + 2]));
        for (int i = 0; i < code[pc + 1]; i++) {
          s.push(function(block, i));
        }
        s.accu = function(block, 0);
      }
      case ENVACC1, ENVACC2, ENVACC3, ENVACC4 ->
          s.accu = captured(op.ordinal() - BytecodeOp.ENVACC1.ordinal() + 1, pc);
      case ENVACC -> s.accu = captured(code[pc + 1], pc);
      case OFFSETCLOSUREM3 -> s.accu = sibling(-FUNCTION_WORDS, pc);
      case OFFSETCLOSURE0 -> s.accu = sibling(0, pc);
      case OFFSETCLOSURE3 -> s.accu = sibling(FUNCTION_WORDS, pc);
      case OFFSETCLOSURE -> s.accu = sibling(code[pc + 1], pc);
      case CONST0, CONST1, CONST2, CONST3, CONSTINT, ATOM0, ATOM -> s.accu = Definition.OTHER;
      default -> control(op, pc, s);
    }
  }

  /** Calls, jumps, and all instructions whose operands are simply used. */
  private void control(BytecodeOp op, int pc, State s) {
    switch (op) {
      case PUSH_RETADDR -> s.pushOthers(FRAME);
      case PUSHTRAP -> {
        State handler = new State(Definition.OTHER, s.stack);
        jump(pc + 1 + code[pc + 1], handler);
        s.pushOthers(TRAP_FRAME);
      }
      case POPTRAP -> s.pop(TRAP_FRAME);
      case BRANCH, CHECK_SIGNALS -> {}
        // A partial application resumes at the RESTART in front of GRAB.
      case GRAB -> visited.set(pc - 1);
      case APPLY1 -> call(s, pc, 1, 0);
      case APPLY2 -> call(s, pc, 2, 0);
      case APPLY3 -> call(s, pc, 3, 0);
      case APPLY -> call(s, pc, code[pc + 1], FRAME);
      case APPTERM1 -> tailCall(s, pc, 1);
      case APPTERM2 -> tailCall(s, pc, 2);
      case APPTERM3 -> tailCall(s, pc, 3);
      case APPTERM -> tailCall(s, pc, code[pc + 1]);
      case RETURN -> result.join(s.accu);
      case GETMETHOD, GETDYNMET -> {
        needed.add(s.slot(0));
        need(s, 0);
      }
      case GETPUBMET -> {
        s.push(s.accu);
        need(s, 0);
      }
      default -> need(s, pops(op, pc));
    }
  }

  private Definition captured(int field, int pc) {
    int index = field + FUNCTION_WORDS * number(pc) - (FUNCTION_WORDS * functions() - 1);
    List<Definition> values = self.operands().get(0).operands();
    if (index < 0 || index >= values.size()) {
      throw new IllegalStateException("no captured value " + index + " at word " + pc);
    }
    return values.get(index);
  }

  private Definition sibling(int words, int pc) {
    int index = number(pc) + words / FUNCTION_WORDS;
    if (index < 0 || index >= functions()) {
      throw new IllegalStateException("no function " + index + " at word " + pc);
    }
    return function(self.operands().get(0), index);
  }

  private int number(int pc) {
    if (self == null) {
      throw new IllegalStateException("an environment outside any function at word " + pc);
    }
    return self.index();
  }

  private int functions() {
    return Label.of(code, self.operands().get(0).pc()).size();
  }

  private static Definition function(Definition block, int index) {
    return new Definition(Kind.FUNCTION, -1, index, List.of(block));
  }

  /** The callee does with its arguments what it wants; what is done with its result shows later. */
  private void call(State s, int pc, int arguments, int frame) {
    Definition call = new Definition(Kind.CALL, pc, arguments, List.of(s.accu));
    calls.add(call);
    for (int i = 0; i < arguments; i++) {
      needed.add(s.pop());
    }
    s.pop(frame);
    s.accu = call;
  }

  private void tailCall(State s, int pc, int arguments) {
    call(s, pc, arguments, 0);
    result.join(s.accu);
  }

  private Definition make(Kind kind, int pc, int index, List<Definition> operands) {
    Definition definition = new Definition(kind, pc, index, operands);
    made.put(pc, definition);
    return definition;
  }

  /** Accumulator and the top of the stack, which is popped; {@code count} in all. */
  private static List<Definition> operands(State s, int count) {
    List<Definition> operands = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      operands.add(i == 0 ? s.accu : s.pop());
    }
    return operands;
  }

  /** A handler may see the old or the new value, so the new one counts as used. */
  private void assign(State s, int slot) {
    needed.add(s.accu);
    s.stack.set(s.stack.size() - 1 - slot, s.accu);
    s.accu = Definition.OTHER;
  }

  private void need(State s, int pops) {
    needed.add(s.accu);
    for (int i = 0; i < pops; i++) {
      needed.add(s.pop());
    }
    s.accu = Definition.OTHER;
  }

  /** How many values an instruction of no further interest takes from the stack. */
  private int pops(BytecodeOp op, int pc) {
    return switch (op) {
      case C_CALL1, OFFSETINT, OFFSETREF, ISINT, BOOLNOT, NEGINT, VECTLENGTH, GETFLOATFIELD -> 0;
      case C_CALL2, C_CALL3, C_CALL4, C_CALL5 -> op.ordinal() - BytecodeOp.C_CALL1.ordinal();
      case C_CALLN, MAKEFLOATBLOCK -> code[pc + 1] - 1;
      case SETFIELD0, SETFIELD1, SETFIELD2, SETFIELD3, SETFIELD, SETFLOATFIELD -> 1;
      case GETVECTITEM, GETBYTESCHAR, GETSTRINGCHAR -> 1;
      case SETVECTITEM, SETBYTESCHAR -> 2;
      case ADDINT, SUBINT, MULINT, DIVINT, MODINT, ANDINT, ORINT, XORINT -> 1;
      case LSLINT, LSRINT, ASRINT, EQ, NEQ, LTINT, LEINT, GTINT, GEINT, ULTINT, UGEINT -> 1;
      case BRANCHIF, BRANCHIFNOT, SWITCH, BEQ, BNEQ, BLTINT, BLEINT, BGTINT, BGEINT -> 0;
      case BULTINT, BUGEINT, RAISE, RERAISE, RAISE_NOTRACE, STOP -> 0;
      default -> throw new IllegalStateException(op + " at word " + pc);
    };
  }
}
