// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.program;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import mirage.formats.BytecodeFile;
import mirage.formats.BytecodeOp;

/**
 * The instructions that stay, moved together, with labels, globals and primitives renumbered. Nothing
 * in it is ever written when it runs: method calls with a cache in the code become calls without.
 */
final class CodeLayout {
  private final int[] old;
  private final BitSet kept;
  private final Map<Integer, int[]> replacements;
  private final int[] moved;
  private final int[] code;

  /**
   * @param globals new number of each global, by old number; -1 for those that go
   */
  CodeLayout(BytecodeFile file, Reachability used, Primitives primitives, int[] globals) {
    old = file.code();
    kept = (BitSet) used.kept().clone();
    replacements = used.replacements();
    dropIdleBranches();
    moved = new int[old.length + 1];
    code = new int[place()];
    for (int pc = kept.nextSetBit(0); pc >= 0; pc = kept.nextSetBit(pc + 1)) {
      emit(pc, file, primitives, globals);
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
      if (BytecodeOp.of(old[pc]) == BytecodeOp.BRANCH) {
        int target = pc + 1 + old[pc + 1];
        if (target > pc && kept.nextSetBit(pc + 1) == target) {
          kept.clear(pc);
        }
      }
    }
  }

  private int place() {
    int next = 0;
    int pc = 0;
    while (pc < old.length) {
      int end = pc + BytecodeOp.of(old[pc]).length(old, pc);
      Arrays.fill(moved, pc, end, next);
      if (kept.get(pc)) {
        int[] replacement = replacements.get(pc);
        next += replacement != null ? replacement.length : end - pc;
      }
      pc = end;
    }
    moved[old.length] = next;
    return next;
  }

  private void emit(int pc, BytecodeFile file, Primitives primitives, int[] globals) {
    int at = moved[pc];
    int[] replacement = replacements.get(pc);
    if (replacement != null) {
      System.arraycopy(replacement, 0, code, at, replacement.length);
      return;
    }
    BytecodeOp op = BytecodeOp.of(old[pc]);
    System.arraycopy(old, pc, code, at, op.length(old, pc));
    for (Label label : Label.of(old, pc)) {
      code[at + label.at() - pc] = moved[label.target(old)] - (at + label.base() - pc);
    }
    int primitive = Primitives.operand(old, pc);
    if (primitive >= 0) {
      code[at + primitive - pc] = primitives.number(file.primitives().get(old[primitive]));
    }
    if (op.shape() == BytecodeOp.Shape.GLOBAL || op.shape() == BytecodeOp.Shape.GLOBAL_NUMBER) {
      code[at + 1] = globals[old[pc + 1]];
    }
    if (op == BytecodeOp.GETPUBMET) {
      // The interpreter would write the cache, its third word, into flash.
      code[at] = BytecodeOp.PUSHCONSTINT.ordinal();
      code[at + 2] = BytecodeOp.GETDYNMET.ordinal();
    }
  }
}
