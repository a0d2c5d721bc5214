// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.program;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import mirage.formats.Bytecode;
import mirage.formats.BytecodeOp;
import mirage.formats.Instruction;
import mirage.formats.Operand;
import mirage.formats.PlainOp;

/**
 * The instructions that stay, moved together, with labels, globals and primitives renumbered. Nothing
 * in it is ever written when it runs: method calls with a cache in the code become calls without.
 */
final class CodeLayout {
  private final Bytecode old;
  private final BitSet kept;
  private final Map<Integer, int[]> replacements;
  private final int[] moved;
  private final int[] globals;
  private final Primitives primitives;
  private final int[] code;

  /**
   * @param globals new number of each global, by old number; -1 for those that go
   */
  CodeLayout(Bytecode old, Reachability used, Primitives primitives, int[] globals) {
    this.old = old;
    this.primitives = primitives;
    this.globals = globals;
    kept = (BitSet) used.kept().clone();
    replacements = used.replacements();
    dropIdleBranches();
    moved = new int[old.size() + 1];
    code = new int[place()];
    for (int pc = kept.nextSetBit(0); pc >= 0; pc = kept.nextSetBit(pc + 1)) {
      int[] words = words(old.at(pc));
      System.arraycopy(words, 0, code, moved[pc], words.length);
    }
  }

  /** The new code. */
  int[] code() {
    return code;
  }

  /** New index of the instruction at an old index; of the next that stayed, if that one went. */
  int moved(int pc) {
    return moved[pc];
  }

  boolean kept(int pc) {
    return kept.get(pc);
  }

  /** A branch over functions that are gone goes to where control comes anyway. */
  private void dropIdleBranches() {
    for (int pc = kept.nextSetBit(0); pc >= 0; pc = kept.nextSetBit(pc + 1)) {
      Instruction instruction = old.at(pc);
      if (instruction.does(PlainOp.BRANCH)) {
        int target = instruction.operand(0);
        if (target > pc && kept.nextSetBit(pc + 1) == target) {
          kept.clear(pc);
        }
      }
    }
  }

  private int place() {
    int next = 0;
    for (Instruction instruction : old.instructions()) {
      int pc = instruction.pc();
      Arrays.fill(moved, pc, instruction.next(), next);
      if (kept.get(pc)) {
        int[] replacement = replacements.get(pc);
        next += replacement != null ? replacement.length : instruction.next() - pc;
      }
    }
    moved[old.size()] = next;
    return next;
  }

  private int[] words(Instruction instruction) {
    int[] replacement = replacements.get(instruction.pc());
    if (replacement != null) {
      return replacement;
    }
    int[] words = instruction.words(moved[instruction.pc()], this::renumbered);
    if (instruction.does(PlainOp.GETPUBMET)) {
      // The interpreter would write the cache, its third word, into flash.
      words[0] = BytecodeOp.PUSHCONSTINT.ordinal();
      words[2] = BytecodeOp.GETDYNMET.ordinal();
    }
    return words;
  }

  private int renumbered(Operand kind, int operand) {
    return switch (kind) {
      case GLOBAL -> globals[operand];
      case PRIMITIVE -> primitives.renumbered(operand);
      default -> kind.isLabel() ? moved[operand] : operand;
    };
  }
}
