// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.write;

import java.util.function.ToIntFunction;
import mirage.backend.ir.Bits;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Var;
import mirage.backend.machine.target.Registers;
import mirage.backend.machine.text.Assembly;
import mirage.xtensa.Opcode;

/** Writes arithmetic on registers. */
final class WriteArithmetic {
  private final Assembly out;
  private final ToIntFunction<Var> register;

  WriteArithmetic(Assembly out, ToIntFunction<Var> register) {
    this.out = out;
    this.register = register;
  }

  void write(Instr instr) {
    int to = register.applyAsInt(instr.dest());
    int a = register.applyAsInt(instr.arg(0));
    int b = instr.args().length > 1 ? register.applyAsInt(instr.arg(1)) : -1;
    switch (instr.op()) {
      case W_ADD -> out.add(Opcode.ADD, to, a, b);
      case W_ADDI -> out.add(to, a, instr.intImm(), Registers.SCRATCH);
      case W_ADDX2 -> out.add(Opcode.ADDX2, to, a, b);
      case W_ADDX4 -> out.add(Opcode.ADDX4, to, a, b);
      case W_SUB -> out.add(Opcode.SUB, to, a, b);
      case W_AND -> out.add(Opcode.AND, to, a, b);
      case W_OR -> out.add(Opcode.OR, to, a, b);
      case W_XOR -> out.add(Opcode.XOR, to, a, b);
      case W_SHLI -> out.add(Opcode.SLLI, to, a, instr.intImm());
      case W_SHRI -> out.shiftRight(to, a, instr.intImm());
      case W_SARI -> out.add(Opcode.SRAI, to, a, instr.intImm());
      case W_SHL -> {
        out.add(Opcode.SSL, b);
        out.add(Opcode.SLL, to, a);
      }
      case W_SHR -> {
        out.add(Opcode.SSR, b);
        out.add(Opcode.SRL, to, a);
      }
      case W_SAR -> {
        out.add(Opcode.SSR, b);
        out.add(Opcode.SRA, to, a);
      }
      case W_FUNNEL -> {
        out.add(Opcode.SSAI, instr.intImm());
        out.add(Opcode.SRC, to, a, b);
      }
      case W_EXTUI -> {
        Bits bits = (Bits) instr.imm();
        out.add(Opcode.EXTUI, to, a, bits.shift(), bits.count());
      }
      case W_MUL -> out.add(Opcode.MULL, to, a, b);
      case W_MULUH -> out.add(Opcode.MULUH, to, a, b);
      case W_QUOS -> out.add(Opcode.QUOS, to, a, b);
      case W_REMS -> out.add(Opcode.REMS, to, a, b);
      default -> throw new IllegalStateException("cannot write " + instr);
    }
  }
}
