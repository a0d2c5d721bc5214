// SPDX-License-Identifier: Apache-2.0
package mirage.backend.front;

import java.util.ArrayList;
import java.util.List;
import mirage.backend.ir.CompileException;
import mirage.backend.ir.Var;
import mirage.formats.PlainOp;

/**
 * What the virtual machine's accumulator and stack hold at one point of a function, as variables.
 * Positions count from the bottom of the function's own part of the stack. A position that holds no
 * value of the program (part of a trap frame or of a return address) is null.
 */
final class State {
  private Var accumulator;
  private final ArrayList<Var> stack;
  private final ArrayList<Integer> traps;

  State() {
    this(null, new ArrayList<>(), new ArrayList<>());
  }

  private State(Var accumulator, ArrayList<Var> stack, ArrayList<Integer> traps) {
    this.accumulator = accumulator;
    this.stack = stack;
    this.traps = traps;
  }

  State copy() {
    return new State(accumulator, new ArrayList<>(stack), new ArrayList<>(traps));
  }

  Var accumulator() {
    return accumulator;
  }

  void setAccumulator(Var value) {
    accumulator = value;
  }

  int depth() {
    return stack.size();
  }

  List<Var> stack() {
    return stack;
  }

  void push(Var value) {
    stack.add(value);
  }

  /** Position of the n-th value from the top. */
  int position(int fromTop) {
    int position = stack.size() - 1 - fromTop;
    if (position < 0) {
      throw new CompileException(
          "stack position " + fromTop + " used where the function has pushed " + stack.size());
    }
    return position;
  }

  Var at(int position) {
    return stack.get(position);
  }

  void set(int position, Var value) {
    stack.set(position, value);
  }

  void drop(int count) {
    position(count - 1);
    stack.subList(stack.size() - count, stack.size()).clear();
  }

  void enterTrap() {
    traps.add(stack.size());
    for (int i = 0; i < PlainOp.TRAP_FRAME; i++) {
      stack.add(null);
    }
  }

  void leaveTrap() {
    if (traps.isEmpty()) {
      throw new CompileException("a trap is popped where none was pushed");
    }
    traps.remove(traps.size() - 1);
    drop(PlainOp.TRAP_FRAME);
  }

  /** Whether the position lies below a trap: an exception's handler sees it. */
  boolean belowTrap(int position) {
    return !traps.isEmpty() && position < traps.get(traps.size() - 1);
  }
}
