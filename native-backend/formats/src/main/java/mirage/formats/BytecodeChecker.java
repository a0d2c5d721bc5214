// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.util.BitSet;

/** Checks that CODE consists of whole known instructions, whose labels, globals and primitives exist, then its use of the stack. */
final class BytecodeChecker {
  private final ByteReader in;
  private final int start;
  private final int[] code;
  private final int globals;
  private final int primitives;
  private final BitSet starts = new BitSet();
  private final BitSet targets = new BitSet();

  BytecodeChecker(ByteReader in, int start, int[] code, int globals, int primitives) {
    this.in = in;
    this.start = start;
    this.code = code;
    this.globals = globals;
    this.primitives = primitives;
  }

  void check() {
    int pc = 0;
    BytecodeOp last = BytecodeOp.STOP;
    while (pc < code.length) {
      starts.set(pc);
      last = BytecodeOp.of(code[pc]);
      if (last == null) {
        throw fail(pc, "opcode " + code[pc], "0 to " + (BytecodeOp.values().length - 1));
      }
      int end = end(last, pc);
      operands(last, pc, end);
      pc = end;
    }
    if (code.length == 0
        || last.flow() == BytecodeOp.Flow.NEXT
        || last.flow() == BytecodeOp.Flow.CONDITIONAL) {
      throw fail(code.length, "the end of CODE", "STOP as its last instruction");
    }
    targets.andNot(starts);
    if (!targets.isEmpty()) {
      int target = targets.nextSetBit(0);
      throw fail(target, "a label of word " + target, "labels of instructions only");
    }
    new StackChecker(code, this::fail).check();
  }

  private int end(BytecodeOp op, int pc) {
    int counted =
        switch (op.shape()) {
          case SWITCH -> 1;
          case CLOSUREREC -> 2;
          default -> 0;
        };
    boolean fits = pc + counted < code.length;
    if (fits && op.shape() == BytecodeOp.Shape.CLOSUREREC) {
      fits = code[pc + 1] > 0 && code[pc + 1] < code.length;
    }
    if (fits && op.shape() == BytecodeOp.Shape.SWITCH && code[pc + 1] == 0) {
      throw fail(pc, "SWITCH without cases", "one at least");
    }
    int end = fits ? pc + op.length(code, pc) : Integer.MAX_VALUE;
    if (end > code.length) {
      throw fail(pc, op + " whose operands pass the end of CODE", "whole instructions");
    }
    return end;
  }

  private void operands(BytecodeOp op, int pc, int end) {
    switch (op.shape()) {
      case NONE, NUMBER, NUMBER_NUMBER, INTEGER -> {}
      case LABEL -> label(pc + 1, pc + 1);
      case NUMBER_LABEL, INTEGER_LABEL -> label(pc + 2, pc + 2);
      case GLOBAL, GLOBAL_NUMBER -> range(pc + 1, "global", globals);
      case PRIMITIVE -> range(pc + 1, "primitive", primitives);
      case NUMBER_PRIMITIVE -> range(pc + 2, "primitive", primitives);
      case SWITCH -> labels(pc + 2, end);
      case CLOSUREREC -> labels(pc + 3, end);
    }
  }

  private void labels(int from, int to) {
    for (int at = from; at < to; at++) {
      label(at, from);
    }
  }

  private void label(int at, int base) {
    long target = (long) base + code[at];
    if (target < 0 || target >= code.length) {
      throw fail(at, "a label of word " + target, "0 to " + (code.length - 1));
    }
    targets.set((int) target);
  }

  private void range(int at, String what, int count) {
    if (code[at] < 0 || code[at] >= count) {
      throw fail(at, what + " " + code[at], "0 to " + (count - 1));
    }
  }

  private FormatException fail(int pc, String found, String allowed) {
    return in.failAt(start + 4L * pc, found, allowed);
  }
}
