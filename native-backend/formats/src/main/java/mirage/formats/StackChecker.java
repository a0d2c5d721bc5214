// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Checks what every compiler's code keeps and a damaged file may not: each instruction belongs to one function, is reached
 * with one depth of the stack however control comes, and takes from the stack and the closure what is there. Runs in time
 * proportional to the code.
 *
 * <p>Comes after {@link BytecodeDecoder}: instructions are whole, labels lead to instructions.
 */
final class StackChecker {
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
   * @param pc its first instruction, behind GRAB
   * @param variables number of captured variables
   */
  private record Entry(int pc, int arity, ClosureMember closure, int variables) {}

  private final Bytecode.Failure failure;
  private final Bytecode code;
  private final Entry[] owner;
  private final int[] depths;
  private final Frame[] frames;
  private final boolean[] entered;
  private final Deque<Entry> functions = new ArrayDeque<>();
  private final Deque<Instruction> pending = new ArrayDeque<>();

  /** The function being checked, its instruction being checked, and the state before that. */
  private Entry function;

  private Instruction at;
  private int depth;
  private Frame frame;

  StackChecker(Bytecode code, Bytecode.Failure failure) {
    this.code = code;
    this.failure = failure;
    owner = new Entry[code.size()];
    depths = new int[code.size()];
    frames = new Frame[code.size()];
    entered = new boolean[code.size()];
  }

  void check() {
    functions.add(new Entry(0, 0, new ClosureMember(0, 0), 0));
    while (!functions.isEmpty()) {
      function = functions.remove();
      depth = function.arity();
      frame = null;
      at = code.at(function.pc());
      flowTo(at.pc());
      while (!pending.isEmpty()) {
        at = pending.remove();
        depth = depths[at.pc()];
        frame = frames[at.pc()];
        instruction();
      }
    }
  }

  private void instruction() {
    flowTo(at.labels(Operand.HANDLER));
    at.plain().forEach(this::effect);
    flowTo(at.labels(Operand.TARGET));
    if (at.op().continues()) {
      flowTo(at.next());
    }
  }

  private void flowTo(int[] targets) {
    for (int target : targets) {
      flowTo(target);
    }
  }

  /** Control comes to {@code target} with the present state. */
  private void flowTo(int target) {
    if (owner[target] == null) {
      owner[target] = function;
      depths[target] = depth;
      frames[target] = frame;
      pending.add(code.at(target));
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

  private void effect(PlainInstruction plain) {
    switch (plain.op()) {
      case PUSH -> depth++;
      case ACC, ASSIGN -> value(plain.operand(0));
      case POP -> pop(plain.operand(0));
      case GETMETHOD, GETDYNMET -> value(0);
      case PUSHTRAP -> special(PlainOp.TRAP_FRAME, -1);
      case POPTRAP -> leave(-1, "a trap");
      case PUSH_RETADDR -> special(PlainOp.RETURN_FRAME, plain.operand(0));
      case POP_RETADDR ->
          leave(returnAddress(), "the frame of a call that returns to word " + at.next());
      case APPTERM -> tailCall(plain.operand(0), plain.operand(1));
      case RETURN -> leaveFunction(plain.operand(0));
      case RESTART, GRAB -> throw fail(at.op() + " inside a function", "at its beginning only");
      case STOP -> {
        if (function.pc() != 0) {
          throw fail("STOP in a function", "in toplevel code only");
        }
      }
      case ENVACC -> captured(plain.operand(0));
      case OFFSETCLOSURE -> sibling(plain.operand(0));
      case CLOSURE, CLOSUREREC -> closures(plain.values());
      default -> use(plain.values());
    }
  }

  /** A call that a jump follows may return to where that leads. */
  private int returnAddress() {
    Instruction next = code.at(at.next());
    boolean jumps = next.does(PlainOp.BRANCH);
    return jumps && frame != null && frame.returnTo() == next.operand(0)
        ? next.operand(0)
        : next.pc();
  }

  private void tailCall(int arguments, int slots) {
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

  private void captured(int field) {
    int first = function.closure().firstVariable();
    int last = first + function.variables() - 1;
    if (field < first || field > last) {
      throw fail("captured variable " + field, last < first ? "none here" : first + " to " + last);
    }
  }

  private void sibling(int offset) {
    if (function.closure().sibling(offset) < 0) {
      throw fail(
          "the closure at offset " + offset,
          "those of the " + function.closure().count() + " made together");
    }
  }

  private void closures(int variables) {
    use(variables);
    int[] entries = at.labels(Operand.FUNCTION);
    for (int i = 0; i < entries.length; i++) {
      enter(entries[i], new ClosureMember(i, entries.length), variables);
    }
    if (at.does(PlainOp.CLOSUREREC)) {
      depth += entries.length;
    }
  }

  private void enter(int target, ClosureMember closure, int variables) {
    if (entered[target] || target == 0) {
      throw fail("a second closure of the function at word " + target, "one for each function");
    }
    entered[target] = true;
    int arity = code.arity(target);
    if (arity < 1 || arity > HeapLayout.MAX_WORDS) {
      throw failure.at(
          target, "a function of " + arity + " arguments", "1 to " + HeapLayout.MAX_WORDS);
    }
    functions.add(new Entry(code.body(target), arity, closure, variables));
  }

  // The stack.

  /** So many values, of which the first is the accumulator. */
  private void use(int values) {
    pop(Math.max(0, values - 1));
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

  private FormatException fail(String found, String allowed) {
    return failure.at(at.pc(), at.op() + ": " + found, allowed);
  }
}
