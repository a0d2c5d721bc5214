// SPDX-License-Identifier: Apache-2.0
package mirage.backend.interpret;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import mirage.backend.ir.Block;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Immediate;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Num;
import mirage.backend.ir.Op;
import mirage.backend.ir.Primitive;
import mirage.backend.ir.Static;
import mirage.backend.ir.Type;
import mirage.backend.ir.Var;
import mirage.formats.OcamlValue;

/** Adds instructions to a function, block by block. */
final class RandomCode {
  private static final int[] NUMBERS = {
    0, 1, -1, 2, 3, 5, 7, 8, 16, 100, 127, 128, -128, 255, 4095, 0x3FFFFFFF, -0x40000000
  };

  private final Function function;
  private final Random random;
  private Block at;

  /** At the beginning of the function's entry, which it makes. */
  RandomCode(Function function, Random random) {
    this.function = function;
    this.random = random;
    begin(newBlock());
  }

  Var newVar() {
    return function.newVar(Type.VALUE);
  }

  Block newBlock() {
    return function.newBlock();
  }

  /** What is added from now on stands in that block, which has nothing yet. */
  void begin(Block block) {
    at = block;
    function.blocks().add(block);
  }

  /** Ends the block at hand. */
  void end(End end) {
    at.setEnd(end);
  }

  Var value(Op op, Immediate imm, Var... args) {
    Var made = newVar();
    at.body().add(new Instr(op, made, args, imm, -1));
    return made;
  }

  Var value(Op op, int number, Var... args) {
    return value(op, new Num(number), args);
  }

  void effect(Op op, Immediate imm, Var... args) {
    at.body().add(new Instr(op, null, args, imm, -1));
  }

  void effect(Op op, int number, Var... args) {
    effect(op, new Num(number), args);
  }

  Var call(String primitive, Var... args) {
    return value(Op.C_CALL, new Primitive(primitive), args);
  }

  Var integer(int number) {
    return value(Op.INT, number);
  }

  /** One of those that are likely to matter. */
  Var number() {
    return integer(NUMBERS[random.nextInt(NUMBERS.length)]);
  }

  /** A small one that the compiler does not know. */
  Var unknown() {
    byte[] text = String.valueOf(random.nextInt(40) - 10).getBytes(StandardCharsets.US_ASCII);
    return call("caml_int_of_string", value(Op.STATIC, new Static(new OcamlValue.Bytes(text))));
  }
}
