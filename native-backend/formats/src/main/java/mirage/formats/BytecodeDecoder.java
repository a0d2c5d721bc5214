// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Reads the instructions of a program, once for all who want to know of them. Refuses words that are no whole known instructions, and
 * operands that name what is not there or that no block, call or closure can have.
 */
final class BytecodeDecoder {
  private static final int[] NONE = {};

  private final int[] words;
  private final int globals;
  private final int primitives;
  private final Bytecode.Failure failure;
  private final BitSet starts = new BitSet();
  private final BitSet targets = new BitSet();

  BytecodeDecoder(int[] words, int globals, int primitives, Bytecode.Failure failure) {
    this.words = words;
    this.globals = globals;
    this.primitives = primitives;
    this.failure = failure;
  }

  Bytecode decode() {
    List<Instruction> instructions = new ArrayList<>();
    BytecodeOp last = null;
    for (int pc = 0; pc < words.length; ) {
      starts.set(pc);
      last = BytecodeOp.of(words[pc]);
      if (last == null) {
        throw failure.at(pc, "opcode " + words[pc], "0 to " + (BytecodeOp.values().length - 1));
      }
      int[] operands = operands(last, pc);
      Instruction instruction = new Instruction(pc, last, operands, last.plain(operands));
      instructions.add(instruction);
      pc = instruction.next();
    }
    if (last == null || last.continues()) {
      throw failure.at(words.length, "the end of CODE", "STOP as its last instruction");
    }
    targets.andNot(starts);
    if (!targets.isEmpty()) {
      int target = targets.nextSetBit(0);
      throw failure.at(target, "a label of word " + target, "labels of instructions only");
    }
    return new Bytecode(words, instructions);
  }

  private int[] operands(BytecodeOp op, int pc) {
    int count = count(op, pc);
    if (count == 0) {
      return NONE;
    }
    int[] operands = new int[count];
    for (int i = 0; i < count; i++) {
      operands[i] = operand(op, pc, i);
    }
    return operands;
  }

  /** Number of operands. How often a repeated one is there, another tells. */
  private int count(BytecodeOp op, int pc) {
    int kinds = op.operands().size();
    boolean fits = pc + kinds - 1 < words.length;
    int count = kinds;
    if (fits && op.does(PlainOp.SWITCH)) {
      int labels = (words[pc + 1] & 0xFFFF) + (words[pc + 1] >>> 16);
      if (labels == 0) {
        throw failure.at(pc, op + " without cases", "one at least");
      }
      count += labels - 1;
    } else if (fits && op.does(PlainOp.CLOSUREREC)) {
      int labels = words[pc + 1];
      fits = labels > 0 && labels < words.length;
      count += labels - 1;
    }
    if (!fits || pc + 1 + count > words.length) {
      throw failure.at(pc, op + " whose operands pass the end of CODE", "whole instructions");
    }
    return count;
  }

  private int operand(BytecodeOp op, int pc, int number) {
    int at = pc + 1 + number;
    int word = words[at];
    Operand kind = op.operand(number);
    switch (kind) {
      case GLOBAL -> range(at, "global", globals);
      case PRIMITIVE -> range(at, "primitive", primitives);
      case CASES -> {
        return word & 0xFFFF;
      }
      default -> {
        if (kind.isLabel()) {
          return label(at, pc + 1 + op.firstLabel());
        }
        if (!kind.allows(word)) {
          throw failure.at(pc, op + ": " + kind.named(word), kind.range());
        }
      }
    }
    return word;
  }

  private int label(int at, int base) {
    long target = (long) base + words[at];
    if (target < 0 || target >= words.length) {
      throw failure.at(at, "a label of word " + target, "0 to " + (words.length - 1));
    }
    targets.set((int) target);
    return (int) target;
  }

  private void range(int at, String what, int count) {
    if (words[at] < 0 || words[at] >= count) {
      throw failure.at(at, what + " " + words[at], "0 to " + (count - 1));
    }
  }
}
