// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.register;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import mirage.backend.ir.Block;
import mirage.backend.ir.CCall;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.machine.target.Allocation;
import mirage.backend.machine.target.Location;

/**
 * A function's part of the stack, from low addresses to high: arguments of C functions that take an array,
 * variables assigned under a trap, spilled variables, trap records of two words, the return address. Blocks
 * in front of the first call have none.
 */
public final class Frame {
  /** A trap record: the handler's address, the previous record. */
  public static final int TRAP_WORDS = 2;

  /** The call0 convention keeps the stack pointer a multiple of 16. */
  private static final int ALIGN_WORDS = 4;

  private final int vectorWords;
  private final int slots;
  private final int spills;
  private final int traps;
  private final Wrap wrap;
  private final Map<Block, Integer> trapDepth = new HashMap<>();

  public Frame(Function function, Allocation allocation) {
    int vector = 0;
    for (Block block : function.blocks()) {
      for (Instr instr : block.body()) {
        if (instr.imm() instanceof CCall call && call.vector()) {
          vector = Math.max(vector, instr.args().length);
        }
      }
    }
    vectorWords = vector;
    slots = function.slots();
    spills = allocation.slotCount();
    traps = countTraps(function);
    wrap = new Wrap(function, var -> allocation.of(var) instanceof Location.Slot, true);
  }

  private int countTraps(Function function) {
    int deepest = 0;
    trapDepth.put(function.entry(), 0);
    Deque<Block> todo = new ArrayDeque<>();
    todo.push(function.entry());
    while (!todo.isEmpty()) {
      Block block = todo.pop();
      int depth = trapDepth.get(block);
      for (Instr instr : block.body()) {
        depth -= instr.op() == Op.POP_TRAP ? 1 : 0;
      }
      for (Edge edge : block.end().edges()) {
        int next = depth;
        if (block.end() instanceof End.PushTrap trap && trap.handler() != edge.target()) {
          next++;
        }
        deepest = Math.max(deepest, next);
        if (trapDepth.putIfAbsent(edge.target(), next) == null) {
          todo.push(edge.target());
        }
      }
    }
    return deepest;
  }

  /** Whether the block runs with the frame. */
  public boolean framed(Block block) {
    return wrap.framed(block);
  }

  /** Bytes. */
  public int size() {
    int words = vectorWords + slots + spills + TRAP_WORDS * traps + 1;
    return 4 * ((words + ALIGN_WORDS - 1) / ALIGN_WORDS * ALIGN_WORDS);
  }

  public int returnAddress() {
    return size() - 4;
  }

  /** Offset of a variable assigned under a trap. */
  public int slot(int number) {
    return 4 * (vectorWords + number);
  }

  public int slots() {
    return slots;
  }

  /** Offset of a spilled variable. */
  public int spill(int number) {
    return 4 * (vectorWords + slots + number);
  }

  /** Offset of the trap record at a depth, 0 for the outermost. */
  public int trap(int depth) {
    return 4 * (vectorWords + slots + spills + TRAP_WORDS * depth);
  }

  /** How many traps are set when the block begins. */
  public int trapDepth(Block block) {
    return trapDepth.get(block);
  }
}
