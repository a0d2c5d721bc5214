// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Checks what every compiler's code keeps and a damaged file may not: each instruction belongs to one function, is reached
 * with one depth of the stack however control comes, and takes from the stack and the closure what is there. Runs in time
 * proportional to the code.
 *
 * <p>Comes after {@link BytecodeChecker}: instructions are whole, labels lead to instructions.
 */
final class StackChecker {
  private static final int RETURN_FRAME = 3;
  private static final int TRAP_FRAME = 4;

  /** Words of a closure in a block of several, and the distance of their offsets. */
  private static final int CLOSURE_WORDS = 3;

  /** Largest number of fields of a block on a 32-bit machine. */
  private static final int MAX_FIELDS = (1 << 22) - 1;

  private static final int MAX_TAG = 255;

  /**
   * Words of the stack that are no values: a trap, or the frame a call will return to.
   *
   * @param start depth below it
   * @param end depth with it
   * @param returnTo the instruction the call returns to, -1 for a trap
   * @param below the next such words towards the stack's bottom, or null
   */
  private record Frame(int start, int end, int returnTo, Frame below) {}

  /**
   * A function.
   *
   * @param index its place among the closures made together
   * @param closures their number
   * @param variables number of captured variables
   */
  private record Entry(int pc, int arity, int index, int closures, int variables) {}

  private final BytecodeFailure failure;
  private final int[] code;
  private final Entry[] owner;
  private final int[] depths;
  private final Frame[] frames;
  private final boolean[] entered;
  private final Deque<Entry> functions = new ArrayDeque<>();
  private final Deque<Integer> pending = new ArrayDeque<>();

  /** The function being checked, and the state before the instruction being checked. */
  private Entry function;

  private int pc;
  private int depth;
  private Frame frame;

  /** Makes the exception for a word of the code. */
  @FunctionalInterface
  interface BytecodeFailure {
    FormatException at(int pc, String found, String allowed);
  }

  StackChecker(int[] code, BytecodeFailure failure) {
    this.code = code;
    this.failure = failure;
    owner = new Entry[code.length];
    depths = new int[code.length];
    frames = new Frame[code.length];
    entered = new boolean[code.length];
  }

  void check() {
    functions.add(new Entry(0, 0, 0, 0, 0));
    while (!functions.isEmpty()) {
      function = functions.remove();
      depth = function.arity();
      frame = null;
      pc = function.pc();
      flowTo(pc);
      while (!pending.isEmpty()) {
        pc = pending.remove();
        depth = depths[pc];
        frame = frames[pc];
        instruction(BytecodeOp.of(code[pc]));
      }
    }
  }

  private void instruction(BytecodeOp op) {
    int next = pc + op.length(code, pc);
    if (op == BytecodeOp.PUSHTRAP) {
      flowTo(label(1, 1));
    }
    effect(op, next);
    switch (op.flow()) {
      case NEXT -> flowTo(next);
      case CONDITIONAL -> {
        flowTo(label(next - pc - 1, next - pc - 1));
        flowTo(next);
      }
      case JUMP -> {
        int first = op.shape() == BytecodeOp.Shape.SWITCH ? 2 : 1;
        for (int i = first; pc + i < next; i++) {
          flowTo(label(first, i));
        }
      }
      case END -> {}
    }
  }

  private int operand(int number) {
    return code[pc + number];
  }

  private int label(int base, int number) {
    return pc + base + code[pc + number];
  }

  /** Control comes to {@code target} with the present state. */
  private void flowTo(int target) {
    if (owner[target] == null) {
      owner[target] = function;
      depths[target] = depth;
      frames[target] = frame;
      pending.add(target);
    } else if (owner[target] != function) {
      throw fail(
          "a way from the function at word %d into the one at word %d"
              .formatted(function.pc(), owner[target].pc()),
          "jumps inside a function");
    } else if (depths[target] != depth || !same(frames[target], frame)) {
      throw fail(
          "a way to word %d with %d words on the stack, another comes with %d"
              .formatted(target, depth, depths[target]),
          "the same stack on all ways");
    }
  }

  private static boolean same(Frame one, Frame other) {
    Frame a = one;
    Frame b = other;
    while (a != b && a != null && b != null) {
      if (a.start() != b.start() || a.returnTo() != b.returnTo()) {
        return false;
      }
      a = a.below();
      b = b.below();
    }
    return a == b;
  }

  // What instructions do to the stack, by group.

  private void effect(BytecodeOp op, int next) {
    switch (op) {
      case ACC0, ACC1, ACC2, ACC3, ACC4, ACC5, ACC6, ACC7 ->
          value(op.ordinal() - BytecodeOp.ACC0.ordinal());
      case ACC, ASSIGN -> value(operand(1));
      case PUSH, PUSHGETGLOBAL, PUSHATOM0, PUSHCONST0, PUSHCONST1, PUSHCONST2, PUSHCONST3 -> push();
      case PUSHCONSTINT -> push();
      case PUSHACC0, PUSHACC1, PUSHACC2, PUSHACC3, PUSHACC4, PUSHACC5, PUSHACC6, PUSHACC7 -> {
        push();
        value(op.ordinal() - BytecodeOp.PUSHACC0.ordinal());
      }
      case PUSHACC -> {
        push();
        value(operand(1));
      }
      case POP -> pop(operand(1));
      case PUSHTRAP -> special(TRAP_FRAME, -1);
      case POPTRAP -> leave(-1, "a trap");
      case GETMETHOD, GETDYNMET -> value(0);
      case GETPUBMET -> push();
      default -> {
        if (!calls(op, next) && !closures(op)) {
          data(op);
        }
      }
    }
  }

  private boolean calls(BytecodeOp op, int next) {
    switch (op) {
      case PUSH_RETADDR -> special(RETURN_FRAME, label(1, 1));
      case APPLY -> {
        range("arguments", operand(1), 1, MAX_FIELDS);
        pop(operand(1));
        leave(returnAddress(next), "the frame of a call that returns to word " + next);
      }
      case APPLY1, APPLY2, APPLY3 -> pop(op.ordinal() - BytecodeOp.APPLY1.ordinal() + 1);
      case APPTERM -> tailCall(operand(1), operand(2));
      case APPTERM1, APPTERM2, APPTERM3 ->
          tailCall(op.ordinal() - BytecodeOp.APPTERM1.ordinal() + 1, operand(1));
      case RETURN -> leaveFunction(operand(1));
      case C_CALL1, C_CALL2, C_CALL3, C_CALL4, C_CALL5 ->
          pop(op.ordinal() - BytecodeOp.C_CALL1.ordinal());
      case C_CALLN -> {
        range("arguments", operand(1), 1, MAX_FIELDS);
        pop(operand(1) - 1);
      }
      case RESTART, GRAB -> throw fail(op + " inside a function", "at its beginning only");
      case STOP -> {
        if (function.pc() != 0) {
          throw fail("STOP in a function", "in toplevel code only");
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** A call that a jump follows may return to where that leads. */
  private int returnAddress(int next) {
    boolean jumps = BytecodeOp.of(code[next]) == BytecodeOp.BRANCH;
    int target = next + 1 + (jumps ? code[next + 1] : 0);
    return jumps && frame != null && frame.returnTo() == target ? target : next;
  }

  private void tailCall(int arguments, int slots) {
    range("arguments", arguments, 1, MAX_FIELDS);
    if (arguments > depth) {
      throw fail(arguments + " arguments", "at most the " + depth + " words on the stack");
    }
    leaveFunction(slots);
  }

  private void leaveFunction(int slots) {
    if (function.pc() == 0) {
      throw fail("a return from toplevel code", "STOP at its end");
    }
    if (slots != depth || frame != null) {
      throw fail(
          "an end of a function that leaves %d of its %d words".formatted(slots, depth),
          "all of them, and no trap or call among them");
    }
  }

  private boolean closures(BytecodeOp op) {
    switch (op) {
      case ENVACC1, ENVACC2, ENVACC3, ENVACC4 ->
          captured(op.ordinal() - BytecodeOp.ENVACC1.ordinal() + 1);
      case ENVACC -> captured(operand(1));
      case PUSHENVACC1, PUSHENVACC2, PUSHENVACC3, PUSHENVACC4 -> {
        push();
        captured(op.ordinal() - BytecodeOp.PUSHENVACC1.ordinal() + 1);
      }
      case PUSHENVACC -> {
        push();
        captured(operand(1));
      }
      case OFFSETCLOSUREM3, OFFSETCLOSURE0, OFFSETCLOSURE3 ->
          sibling(CLOSURE_WORDS * (op.ordinal() - BytecodeOp.OFFSETCLOSURE0.ordinal()));
      case OFFSETCLOSURE -> sibling(operand(1));
      case PUSHOFFSETCLOSUREM3, PUSHOFFSETCLOSURE0, PUSHOFFSETCLOSURE3 -> {
        push();
        sibling(CLOSURE_WORDS * (op.ordinal() - BytecodeOp.PUSHOFFSETCLOSURE0.ordinal()));
      }
      case PUSHOFFSETCLOSURE -> {
        push();
        sibling(operand(1));
      }
      case CLOSURE -> {
        capture(operand(1));
        enter(label(2, 2), 0, 1, operand(1));
      }
      case CLOSUREREC -> {
        int count = operand(1);
        capture(operand(2));
        for (int i = 0; i < count; i++) {
          enter(label(3, 3 + i), i, count, operand(2));
          push();
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** In the virtual machine a closure's variables follow the closures after it. */
  private void captured(int field) {
    int first = CLOSURE_WORDS * (function.closures() - function.index()) - 1;
    range("captured variable", field, first, first + function.variables() - 1);
  }

  private void sibling(int offset) {
    int to = function.index() + offset / CLOSURE_WORDS;
    if (offset % CLOSURE_WORDS != 0 || to < 0 || to >= function.closures()) {
      throw fail(
          "the closure at offset " + offset,
          "those of the " + function.closures() + " made together");
    }
  }

  /** The accumulator is the first captured variable; the others are on the stack. */
  private void capture(int variables) {
    range("captured variables", variables, 0, MAX_FIELDS);
    pop(Math.max(0, variables - 1));
  }

  private void enter(int target, int index, int closures, int variables) {
    if (entered[target] || target == 0) {
      throw fail("a second closure of the function at word " + target, "one for each function");
    }
    entered[target] = true;
    int arity = 1;
    int start = target;
    if (BytecodeOp.of(code[target]) == BytecodeOp.GRAB) {
      arity = code[target + 1] + 1;
      start = target + 2;
      if (arity < 1 || arity > MAX_FIELDS) {
        throw failure.at(target, "a function of " + arity + " arguments", "1 to " + MAX_FIELDS);
      }
    }
    functions.add(new Entry(start, arity, index, closures, variables));
  }

  private void data(BytecodeOp op) {
    switch (op) {
      case GETGLOBALFIELD -> field(operand(2));
      case PUSHGETGLOBALFIELD -> {
        push();
        field(operand(2));
      }
      case ATOM -> range("tag", operand(1), 0, MAX_TAG);
      case PUSHATOM -> {
        push();
        range("tag", operand(1), 0, MAX_TAG);
      }
      case MAKEBLOCK -> makeBlock(operand(1), operand(2));
      case MAKEBLOCK1, MAKEBLOCK2, MAKEBLOCK3 ->
          makeBlock(op.ordinal() - BytecodeOp.MAKEBLOCK1.ordinal() + 1, operand(1));
      case MAKEFLOATBLOCK -> makeBlock(operand(1), 0);
      case GETFIELD, GETFLOATFIELD -> field(operand(1));
      case SETFIELD, SETFLOATFIELD -> {
        field(operand(1));
        pop(1);
      }
      case SETFIELD0, SETFIELD1, SETFIELD2, SETFIELD3 -> pop(1);
      case GETVECTITEM, GETBYTESCHAR, GETSTRINGCHAR -> pop(1);
      case SETVECTITEM, SETBYTESCHAR -> pop(2);
      case ADDINT, SUBINT, MULINT, DIVINT, MODINT, ANDINT, ORINT, XORINT -> pop(1);
      case LSLINT, LSRINT, ASRINT, ULTINT, UGEINT -> pop(1);
      case EQ, NEQ, LTINT, LEINT, GTINT, GEINT -> pop(1);
      default -> {
        // What is left works on the accumulator alone.
      }
    }
  }

  private void makeBlock(int size, int tag) {
    range("fields", size, 1, MAX_FIELDS);
    range("tag", tag, 0, MAX_TAG);
    pop(size - 1);
  }

  private void field(int index) {
    range("field", index, 0, MAX_FIELDS - 1);
  }

  // The stack.

  private void push() {
    depth++;
  }

  /** The n-th word from the top has to be a value. */
  private void value(int fromTop) {
    int position = depth - 1 - fromTop;
    if (fromTop < 0 || position < 0) {
      throw fail(
          "a use of stack word " + fromTop, "those from 0 on of the " + depth + " there are");
    }
    for (Frame f = frame; f != null && position < f.end(); f = f.below()) {
      if (position >= f.start()) {
        throw fail("a use of stack word " + fromTop + ", no value", "values");
      }
    }
  }

  private void pop(int count) {
    int floor = frame == null ? 0 : frame.end();
    if (count < 0 || count > depth - floor) {
      throw fail(count + " values taken from the stack", "0 to " + (depth - floor));
    }
    depth -= count;
  }

  private void special(int words, int returnTo) {
    frame = new Frame(depth, depth + words, returnTo, frame);
    depth += words;
  }

  private void leave(int returnTo, String what) {
    if (frame == null || frame.end() != depth || frame.returnTo() != returnTo) {
      throw fail("something else on top of the stack", what);
    }
    depth = frame.start();
    frame = frame.below();
  }

  private void range(String what, int found, int from, int to) {
    if (found < from || found > to) {
      throw fail(what + " " + found, to < from ? "none here" : from + " to " + to);
    }
  }

  private FormatException fail(String found, String allowed) {
    return failure.at(pc, BytecodeOp.of(code[pc]) + ": " + found, allowed);
  }
}
