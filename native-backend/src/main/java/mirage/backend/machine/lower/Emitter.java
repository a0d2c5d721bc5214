// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.lower;

import java.util.HashMap;
import java.util.Map;
import mirage.backend.ir.Block;
import mirage.backend.ir.Constant;
import mirage.backend.ir.Function;
import mirage.backend.ir.Immediate;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Num;
import mirage.backend.ir.Op;
import mirage.backend.ir.Symbol;
import mirage.backend.ir.Type;
import mirage.backend.ir.Var;

/** Fills a block with new instructions. A constant is made once in a block. */
final class Emitter {
  private final Function function;
  private final Block block;
  private final Map<Constant, Var> constants = new HashMap<>();
  private int pc = -1;

  /** Empties the block. */
  Emitter(Function function, Block block) {
    this.function = function;
    this.block = block;
    block.body().clear();
  }

  Block block() {
    return block;
  }

  /** What follows comes from that bytecode instruction. */
  void at(int newPc) {
    pc = newPc;
  }

  void add(Instr instr) {
    block.body().add(instr);
  }

  /** An instruction that defines a given variable; null when the result is not used. */
  void into(Var dest, Op op, Immediate imm, Var... args) {
    add(new Instr(op, dest, args, imm, pc));
  }

  /** The same with a number as its immediate. */
  void into(Var dest, Op op, int number, Var... args) {
    into(dest, op, new Num(number), args);
  }

  /** An instruction with a new word as its result. */
  Var word(Op op, Immediate imm, Var... args) {
    Var dest = function.newVar(Type.WORD);
    into(dest, op, imm, args);
    return dest;
  }

  /** The same with a number as its immediate. */
  Var word(Op op, int number, Var... args) {
    return word(op, new Num(number), args);
  }

  /** An instruction with a new OCaml value as its result. */
  Var value(Op op, Immediate imm, Var... args) {
    Var dest = function.newVar(Type.VALUE);
    into(dest, op, imm, args);
    return dest;
  }

  void effect(Op op, Immediate imm, Var... args) {
    into(null, op, imm, args);
  }

  /** The same with a number as its immediate. */
  void effect(Op op, int number, Var... args) {
    into(null, op, number, args);
  }

  Var constant(Constant word) {
    return constants.computeIfAbsent(
        word, w -> word(w instanceof Symbol ? Op.W_SYMBOL : Op.W_CONST, w));
  }

  Var constant(int number) {
    return constant(new Num(number));
  }
}
