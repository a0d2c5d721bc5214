// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.write;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.ToIntFunction;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Var;
import mirage.backend.machine.register.Frame;
import mirage.backend.machine.target.Registers;
import mirage.backend.machine.text.Assembly;
import mirage.backend.machine.text.FrameTable;
import mirage.backend.machine.text.SourceLines;
import mirage.xtensa.Opcode;

/**
 * Writes what is short in most cases, and calls the run-time system in the others: allocation, stores into the heap, checks.
 * The calls are collected until there is a place for them.
 */
final class SlowPaths {
  private static final int SP = Registers.STACK_POINTER;
  private static final int SCRATCH = Registers.SCRATCH;
  private static final int SCRATCH2 = Registers.SCRATCH2;

  private final Assembly out;
  private final Frame frame;
  private final FrameTable table;
  private final Roots roots;
  private final SourceLines lines;
  private final ToIntFunction<Var> register;
  private final List<Runnable> pending = new ArrayList<>();

  SlowPaths(
      Assembly out,
      Frame frame,
      FrameTable table,
      Roots roots,
      SourceLines lines,
      ToIntFunction<Var> register) {
    this.out = out;
    this.frame = frame;
    this.table = table;
    this.roots = roots;
    this.lines = lines;
    this.register = register;
  }

  /** Where control does not come by itself, and not farther away than need be: branches reach 128 bytes. */
  void write() {
    pending.forEach(Runnable::run);
    pending.clear();
  }

  /**
   * A new block.
   *
   * @param after values that are alive behind it; changed
   * @param framed whether the function has its frame
   * @param cold whether its size matters more than its speed
   */
  void alloc(Instr instr, BitSet after, boolean framed, boolean cold) {
    int header = instr.intImm();
    if (cold) {
      out.move(SCRATCH, header);
      out.add(Opcode.CALL0, "caml_native_allocate");
      String here = out.newLabel();
      out.label(here);
      after.clear(instr.dest().id());
      table.add(here, out.lines(), frame.size(), roots.registers(after), roots.words(after), -1);
      out.add(Opcode.S32I, SCRATCH, Registers.YOUNG_POINTER, 0);
      out.add(Opcode.ADDI, register.applyAsInt(instr.dest()), Registers.YOUNG_POINTER, 4);
      return;
    }
    int bytes = 4 * ((header >>> 10) + 1);
    String slow = out.newLabel();
    String back = out.newLabel();
    out.add(Registers.YOUNG_POINTER, Registers.YOUNG_POINTER, -bytes, SCRATCH);
    out.add(Opcode.BLTU, slow, Registers.YOUNG_POINTER, Registers.YOUNG_LIMIT);
    out.label(back);
    out.move(SCRATCH, header);
    out.add(Opcode.S32I, SCRATCH, Registers.YOUNG_POINTER, 0);
    int to = register.applyAsInt(instr.dest());
    out.add(Opcode.ADDI, to, Registers.YOUNG_POINTER, 4);
    after.clear(instr.dest().id());
    int registers = roots.registers(after);
    BitSet words = roots.words(after);
    pending.add(
        () -> {
          // The collector makes room and repeats the subtraction.
          aside(slow, instr.pc(), framed);
          out.move(SCRATCH, bytes);
          callAside("caml_native_call_gc", framed, registers, words, -1);
          out.add(Opcode.J, back);
        });
  }

  private void aside(String label, int place, boolean framed) {
    lines.at(place);
    lines.frame(framed);
    out.label(label);
  }

  /** A call from where the function may have no frame yet: it has a small one meanwhile. */
  private void callAside(String symbol, boolean framed, int registers, BitSet words, int place) {
    if (!framed) {
      out.add(Opcode.ADDI, SP, SP, -16);
      out.add(Opcode.S32I, Registers.RETURN_ADDRESS, SP, 12);
    }
    out.add(Opcode.CALL0, symbol);
    String here = out.newLabel();
    out.label(here);
    table.add(
        here,
        out.lines(),
        framed ? frame.size() : 16,
        registers,
        framed ? words : new BitSet(),
        place);
    if (!framed) {
      out.add(Opcode.L32I, Registers.RETURN_ADDRESS, SP, 12);
      out.add(Opcode.ADDI, SP, SP, 16);
    }
  }

  /** When neither the old nor the new value is a pointer, nobody else needs to know. */
  void modify(Instr instr, boolean framed) {
    int base = register.applyAsInt(instr.arg(0));
    int value = register.applyAsInt(instr.arg(1));
    String slow = out.newLabel();
    String back = out.newLabel();
    out.access(Opcode.L32I, SCRATCH, base, instr.intImm(), SCRATCH);
    if (instr.op() == Op.W_MODIFY) {
      out.add(Opcode.AND, SCRATCH, SCRATCH, value);
    }
    out.add(Opcode.BBCI, slow, SCRATCH, 0);
    out.access(Opcode.S32I, value, base, instr.intImm(), SCRATCH);
    out.label(back);
    pending.add(
        () -> {
          aside(slow, instr.pc(), framed);
          out.add(SCRATCH, base, instr.intImm(), SCRATCH);
          out.copy(SCRATCH2, value);
          callAside("caml_native_modify", framed, 0, new BitSet(), -1);
          out.add(Opcode.J, back);
        });
  }

  /** A label where an exception is raised. */
  String raise(String symbol, BitSet after, int place, boolean framed) {
    String label = out.newLabel();
    BitSet words = roots.words(after);
    pending.add(
        () -> {
          aside(label, place, framed);
          callAside(symbol, framed, 0, words, place);
        });
    return label;
  }
}
