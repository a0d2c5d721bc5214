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
      case W_ADD -> out.line("add a%d, a%d, a%d", to, a, b);
      case W_ADDI -> out.add(to, a, instr.intImm(), Registers.SCRATCH);
      case W_ADDX2 -> out.line("addx2 a%d, a%d, a%d", to, a, b);
      case W_ADDX4 -> out.line("addx4 a%d, a%d, a%d", to, a, b);
      case W_SUB -> out.line("sub a%d, a%d, a%d", to, a, b);
      case W_AND -> out.line("and a%d, a%d, a%d", to, a, b);
      case W_OR -> out.line("or a%d, a%d, a%d", to, a, b);
      case W_XOR -> out.line("xor a%d, a%d, a%d", to, a, b);
      case W_SHLI -> out.line("slli a%d, a%d, %d", to, a, instr.intImm());
      case W_SHRI -> {
        int shift = instr.intImm();
        if (shift <= 15) {
          out.line("srli a%d, a%d, %d", to, a, shift);
        } else {
          out.line("extui a%d, a%d, %d, %d", to, a, shift, 32 - shift);
        }
      }
      case W_SARI -> out.line("srai a%d, a%d, %d", to, a, instr.intImm());
      case W_SHL -> {
        out.line("ssl a%d", b);
        out.line("sll a%d, a%d", to, a);
      }
      case W_SHR -> {
        out.line("ssr a%d", b);
        out.line("srl a%d, a%d", to, a);
      }
      case W_SAR -> {
        out.line("ssr a%d", b);
        out.line("sra a%d, a%d", to, a);
      }
      case W_FUNNEL -> {
        out.line("ssai %d", instr.intImm());
        out.line("src a%d, a%d, a%d", to, a, b);
      }
      case W_EXTUI -> {
        Bits bits = (Bits) instr.imm();
        out.line("extui a%d, a%d, %d, %d", to, a, bits.shift(), bits.count());
      }
      case W_MUL -> out.bytes(Opcode.MULL, to, a, b);
      case W_MULUH -> out.bytes(Opcode.MULUH, to, a, b);
      case W_QUOS -> out.bytes(Opcode.QUOS, to, a, b);
      case W_REMS -> out.bytes(Opcode.REMS, to, a, b);
      default -> throw new IllegalStateException("cannot write " + instr);
    }
  }
}
