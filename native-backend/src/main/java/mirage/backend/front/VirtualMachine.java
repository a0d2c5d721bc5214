// SPDX-License-Identifier: Apache-2.0
package mirage.backend.front;

import mirage.backend.ir.Block;
import mirage.backend.ir.CompileException;
import mirage.backend.ir.Immediate;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Num;
import mirage.backend.ir.Op;
import mirage.backend.ir.Type;
import mirage.backend.ir.Var;

/**
 * The virtual machine while one block is read: what its instructions compute becomes instructions of the block, its
 * accumulator and stack are variables, but for positions that live in memory.
 */
final class VirtualMachine {
  private final FunctionReader owner;
  private final Block block;
  private final State state;
  private int pc;

  VirtualMachine(FunctionReader owner, Block block, State state) {
    this.owner = owner;
    this.block = block;
    this.state = state;
  }

  /** What follows comes from the bytecode instruction there. */
  void at(int instruction) {
    pc = instruction;
  }

  State state() {
    return state;
  }

  void setAccumulator(Var value) {
    state.setAccumulator(value);
  }

  /** An instruction; its result has the type, or there is none if that is null. */
  Var emit(Op op, Type type, Immediate imm, Var... args) {
    Var dest = type == null ? null : owner.function().newVar(type);
    block.body().add(new Instr(op, dest, args, imm, pc));
    return dest;
  }

  /** An integer as the chip's 31 bits hold it. */
  Var integer(int value) {
    return emit(Op.INT, Type.VALUE, new Num(value << 1 >> 1));
  }

  /** The result goes to the accumulator. */
  void set(Op op, Immediate imm, Var... args) {
    state.setAccumulator(emit(op, Type.VALUE, imm, args));
  }

  /** The accumulator is unit then. */
  void effect(Op op, Immediate imm, Var... args) {
    emit(op, null, imm, args);
    state.setAccumulator(integer(0));
  }

  void push(Var value) {
    int position = state.depth();
    state.push(value);
    if (owner.inMemory(position)) {
      emit(Op.SET_SLOT, null, new Num(owner.slotOf(position)), value);
    }
  }

  /** What it holds; zero where the program does not say. */
  Var accumulator() {
    if (state.accumulator() == null) {
      state.setAccumulator(integer(0));
    }
    return state.accumulator();
  }

  /** The n-th value from the top. */
  Var peek(int fromTop) {
    int position = state.position(fromTop);
    if (state.at(position) != null && owner.inMemory(position)) {
      return emit(Op.SLOT, Type.VALUE, new Num(owner.slotOf(position)));
    }
    Var value = state.at(position);
    if (value == null) {
      throw new CompileException("bytecode at word " + pc + ": reads a trap frame as a value");
    }
    return value;
  }

  Var pop() {
    Var value = peek(0);
    state.drop(1);
    return value;
  }

  /** So many values, the top first. */
  Var[] pop(int count) {
    Var[] values = new Var[count];
    for (int i = 0; i < count; i++) {
      values[i] = pop();
    }
    return values;
  }

  /** So many values: the accumulator, the others off the stack, the top first. */
  Var[] take(int count) {
    Var[] values = new Var[count];
    for (int i = 0; i < count; i++) {
      values[i] = i == 0 ? accumulator() : pop();
    }
    return values;
  }

  /** The accumulator replaces the n-th value from the top, and is unit then. */
  void assign(int fromTop) {
    int position = state.position(fromTop);
    if (owner.inMemory(position)) {
      emit(Op.SET_SLOT, null, new Num(owner.slotOf(position)), accumulator());
    } else if (state.belowTrap(position)) {
      throw owner.keepInMemory(position);
    } else {
      state.set(position, accumulator());
    }
    state.setAccumulator(integer(0));
  }
}
