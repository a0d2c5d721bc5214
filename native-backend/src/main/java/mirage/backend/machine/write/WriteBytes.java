// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.write;

import java.util.function.ToIntFunction;
import mirage.backend.ir.Boxed;
import mirage.backend.ir.Condition;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Var;
import mirage.backend.machine.target.Registers;
import mirage.backend.machine.text.Assembly;
import mirage.xtensa.Opcode;

/** Writes operations that take several instructions: bytes in any order at any address, sizes of blocks. */
final class WriteBytes {
  private static final int SCRATCH = Registers.SCRATCH;
  private static final int SCRATCH2 = Registers.SCRATCH2;

  private final Assembly out;
  private final ToIntFunction<Var> register;

  WriteBytes(Assembly out, ToIntFunction<Var> register) {
    this.out = out;
    this.register = register;
  }

  void write(Instr instr) {
    int to = instr.dest() == null ? -1 : register.applyAsInt(instr.dest());
    int a = register.applyAsInt(instr.arg(0));
    switch (instr.op()) {
      case UNBOX_ANY -> {
        String done = out.newLabel();
        out.move(to, 0);
        out.add(Opcode.BBSI, done, a, 0);
        out.add(Opcode.L32I, to, a, ((Boxed.Part) instr.imm()).offset());
        out.label(done);
      }
      case W_FLAG -> flag(instr, to, a);
      case W_SWAP -> {
        out.add(Opcode.SSAI, 8);
        out.shiftRight(SCRATCH, a, 16);
        out.add(Opcode.SRC, SCRATCH, SCRATCH, a);
        out.add(Opcode.SRC, SCRATCH, SCRATCH, SCRATCH);
        out.add(Opcode.SRC, to, a, SCRATCH);
      }
      case W_HEADER, W_HEADER_ANY -> {
        String done = guard(instr, to, a);
        out.add(Opcode.ADDI, SCRATCH, a, -4);
        out.add(Opcode.L32I, to, SCRATCH, 0);
        end(done);
      }
      case W_BYTES, W_BYTES_ANY -> {
        String done = guard(instr, to, a);
        // Four times the words, less one, less what the last byte says.
        out.add(Opcode.ADDI, SCRATCH2, a, -4);
        out.add(Opcode.L32I, SCRATCH, SCRATCH2, 0);
        out.shiftRight(SCRATCH, SCRATCH, 10);
        out.add(Opcode.ADDX4, SCRATCH2, SCRATCH, SCRATCH2);
        out.add(Opcode.L8UI, SCRATCH2, SCRATCH2, 3);
        out.add(Opcode.SUBX4, SCRATCH, SCRATCH, SCRATCH2);
        out.add(Opcode.ADDI, to, SCRATCH, -1);
        end(done);
      }
      case W_LOAD16 -> load(to, a, instr.intImm(), 2);
      case W_LOAD32 -> load(to, a, instr.intImm(), 4);
      case W_STORE16 -> store(register.applyAsInt(instr.arg(1)), a, instr.intImm(), 2);
      default -> store(register.applyAsInt(instr.arg(1)), a, instr.intImm(), 4);
    }
  }

  /** Passes an immediate by: what is made of it is not used. */
  private String guard(Instr instr, int to, int a) {
    if (instr.op() == Op.W_HEADER || instr.op() == Op.W_BYTES) {
      return null;
    }
    String done = out.newLabel();
    if (to != a) {
      out.move(to, 0);
    }
    out.add(Opcode.BBSI, done, a, 0);
    return done;
  }

  private void end(String done) {
    if (done != null) {
      out.label(done);
    }
  }

  private void flag(Instr instr, int to, int a) {
    Condition condition = (Condition) instr.imm();
    String done = out.newLabel();
    out.move(to, 1);
    int b = register.applyAsInt(instr.arg(1));
    out.add(condition.test() == Condition.Test.LTU ? Opcode.BLTU : Opcode.BGEU, done, a, b);
    out.move(to, 0);
    out.label(done);
  }

  /** The last byte first, so that the result may take the address's register. */
  private void load(int to, int base, int offset, int bytes) {
    out.add(Opcode.L8UI, SCRATCH, base, offset + bytes - 1);
    for (int i = bytes - 2; i >= 0; i--) {
      out.add(Opcode.L8UI, SCRATCH2, base, offset + i);
      out.add(Opcode.SLLI, SCRATCH, SCRATCH, 8);
      out.add(Opcode.OR, i == 0 ? to : SCRATCH, SCRATCH, SCRATCH2);
    }
  }

  private void store(int value, int base, int offset, int bytes) {
    out.add(Opcode.S8I, value, base, offset);
    for (int i = 1; i < bytes; i++) {
      out.add(Opcode.EXTUI, SCRATCH, value, 8 * i, 8);
      out.add(Opcode.S8I, SCRATCH, base, offset + i);
    }
  }
}
