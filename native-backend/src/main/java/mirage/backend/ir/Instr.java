// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * One instruction.
 *
 * @param op what it does
 * @param dest what it defines, or null
 * @param args what it uses; never changed in place once the instruction is in a block
 * @param imm what else {@link Op} says it carries, or null
 * @param pc the bytecode instruction it comes from, for locations, as {@link Places} numbers them; -1 when made by a pass
 */
public record Instr(Op op, Var dest, Var[] args, Immediate imm, int pc) {

  public static Instr of(Op op, Var dest, Immediate imm, int pc, Var... args) {
    return new Instr(op, dest, args, imm, pc);
  }

  /** With a number as its immediate. */
  public static Instr of(Op op, Var dest, int number, int pc, Var... args) {
    return new Instr(op, dest, args, new Num(number), pc);
  }

  public Var arg(int index) {
    return args[index];
  }

  /** The immediate as an integer. */
  public int intImm() {
    return ((Num) imm).value();
  }

  public Instr withArgs(Var... newArgs) {
    return new Instr(op, dest, newArgs, imm, pc);
  }

  public Instr withOp(Op newOp) {
    return new Instr(newOp, dest, args, imm, pc);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (dest != null) {
      text.append(dest).append(" = ");
    }
    text.append(op.mnemonic());
    if (imm != null) {
      text.append(" [").append(imm).append(']');
    }
    if (args.length > 0) {
      text.append(' ')
          .append(Arrays.stream(args).map(Var::toString).collect(Collectors.joining(", ")));
    }
    return text.toString();
  }
}
