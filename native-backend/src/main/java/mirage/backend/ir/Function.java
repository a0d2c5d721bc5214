// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import java.util.ArrayList;
import java.util.List;

/** A function: its entry block's parameters are its arguments, then its closure. */
public final class Function implements Immediate {
  private final String name;
  private final int arity;
  private final int pc;
  private final List<Block> blocks = new ArrayList<>();
  private int nextVar;
  private int nextBlock;
  private int slots;

  /**
   * @param arity number of arguments, the closure not counted; 0 for the program's toplevel
   * @param pc index of its first bytecode instruction
   */
  public Function(String name, int arity, int pc) {
    this.name = name;
    this.arity = arity;
    this.pc = pc;
  }

  public String name() {
    return name;
  }

  public int arity() {
    return arity;
  }

  public int pc() {
    return pc;
  }

  /** Reachable blocks, the entry first. */
  public List<Block> blocks() {
    return blocks;
  }

  public Block entry() {
    return blocks.get(0);
  }

  /** Whether the closure is a parameter, behind the arguments. */
  public boolean needsClosure() {
    return entry().params().size() > arity;
  }

  public Var newVar(Type type) {
    return new Var(nextVar++, type);
  }

  /** A new block; the caller adds it to {@link #blocks()}. */
  public Block newBlock() {
    return new Block(nextBlock++);
  }

  /** The variable with that id and type, for what is read from text. */
  Var newVar(Type type, int id) {
    nextVar = Math.max(nextVar, id + 1);
    return new Var(id, type);
  }

  /** The block with that id, for what is read from text; the caller adds it to {@link #blocks()}. */
  Block newBlock(int id) {
    nextBlock = Math.max(nextBlock, id + 1);
    return new Block(id);
  }

  /** All variable ids are below this. */
  public int varCount() {
    return nextVar;
  }

  /** Frame slots for variables assigned under a trap. */
  public int slots() {
    return slots;
  }

  public void setSlots(int slots) {
    this.slots = slots;
  }

  @Override
  public String toString() {
    return name;
  }
}
