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
        out.line("movi a%d, 0", to);
        out.line("bbsi a%d, 0, %s", a, done);
        out.line("l32i a%d, a%d, %d", to, a, ((Boxed.Part) instr.imm()).offset());
        out.label(done);
      }
      case W_FLAG -> flag(instr, to, a);
      case W_SWAP -> {
        out.line("ssai 8");
        out.line("srli a%d, a%d, 16", SCRATCH, a);
        out.line("src a%d, a%d, a%d", SCRATCH, SCRATCH, a);
        out.line("src a%d, a%d, a%d", SCRATCH, SCRATCH, SCRATCH);
        out.line("src a%d, a%d, a%d", to, a, SCRATCH);
      }
      case W_HEADER, W_HEADER_ANY -> {
        String done = guard(instr, to, a);
        out.line("addi a%d, a%d, -4", SCRATCH, a);
        out.line("l32i a%d, a%d, 0", to, SCRATCH);
        end(done);
      }
      case W_BYTES, W_BYTES_ANY -> {
        String done = guard(instr, to, a);
        // Four times the words, less one, less what the last byte says.
        out.line("addi a%d, a%d, -4", SCRATCH2, a);
        out.line("l32i a%d, a%d, 0", SCRATCH, SCRATCH2);
        out.line("srli a%d, a%d, 10", SCRATCH, SCRATCH);
        out.line("addx4 a%d, a%d, a%d", SCRATCH2, SCRATCH, SCRATCH2);
        out.line("l8ui a%d, a%d, 3", SCRATCH2, SCRATCH2);
        out.line("subx4 a%d, a%d, a%d", SCRATCH, SCRATCH, SCRATCH2);
        out.line("addi a%d, a%d, -1", to, SCRATCH);
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
      out.line("movi a%d, 0", to);
    }
    out.line("bbsi a%d, 0, %s", a, done);
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
    out.line("movi a%d, 1", to);
    int b = register.applyAsInt(instr.arg(1));
    out.line(
        "%s a%d, a%d, %s", condition.test() == Condition.Test.LTU ? "bltu" : "bgeu", a, b, done);
    out.line("movi a%d, 0", to);
    out.label(done);
  }

  /** The last byte first, so that the result may take the address's register. */
  private void load(int to, int base, int offset, int bytes) {
    out.line("l8ui a%d, a%d, %d", SCRATCH, base, offset + bytes - 1);
    for (int i = bytes - 2; i >= 0; i--) {
      out.line("l8ui a%d, a%d, %d", SCRATCH2, base, offset + i);
      out.line("slli a%d, a%d, 8", SCRATCH, SCRATCH);
      out.line("or a%d, a%d, a%d", i == 0 ? to : SCRATCH, SCRATCH, SCRATCH2);
    }
  }

  private void store(int value, int base, int offset, int bytes) {
    out.line("s8i a%d, a%d, %d", value, base, offset);
    for (int i = 1; i < bytes; i++) {
      out.line("extui a%d, a%d, %d, 8", SCRATCH, value, 8 * i);
      out.line("s8i a%d, a%d, %d", SCRATCH, base, offset + i);
    }
  }
}
