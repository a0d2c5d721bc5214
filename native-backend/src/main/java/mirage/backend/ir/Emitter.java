// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import java.util.List;

/** Adds new instructions to a list, most often a block's. */
public class Emitter {
  private final Function function;
  private final List<Instr> body;
  private int pc;

  /**
   * @param body gets the instructions, at its end
   * @param pc where they come from, as {@link Instr} has it
   */
  public Emitter(Function function, List<Instr> body, int pc) {
    this.function = function;
    this.body = body;
    this.pc = pc;
  }

  /** What follows comes from that bytecode instruction. */
  public final void at(int newPc) {
    pc = newPc;
  }

  public final void add(Instr instr) {
    body.add(instr);
  }

  /** An instruction that defines a given variable; null when the result is not used. */
  public final void into(Var dest, Op op, Immediate imm, Var... args) {
    add(new Instr(op, dest, args, imm, pc));
  }

  /** The same with a number as its immediate. */
  public final void into(Var dest, Op op, int number, Var... args) {
    into(dest, op, new Num(number), args);
  }

  /** An instruction with a new word as its result. */
  public final Var word(Op op, Immediate imm, Var... args) {
    Var dest = function.newVar(Type.WORD);
    into(dest, op, imm, args);
    return dest;
  }

  /** The same with a number as its immediate. */
  public final Var word(Op op, int number, Var... args) {
    return word(op, new Num(number), args);
  }

  /** An instruction with a new OCaml value as its result. */
  public final Var value(Op op, Immediate imm, Var... args) {
    Var dest = function.newVar(Type.VALUE);
    into(dest, op, imm, args);
    return dest;
  }

  /** An instruction without a result. */
  public final void effect(Op op, Immediate imm, Var... args) {
    into(null, op, imm, args);
  }

  /** The same with a number as its immediate. */
  public final void effect(Op op, int number, Var... args) {
    effect(op, new Num(number), args);
  }

  /** A number as a word. */
  public Var constant(int number) {
    return word(Op.W_CONST, number);
  }
}
