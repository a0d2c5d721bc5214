// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.gdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ObjIntConsumer;
import java.util.function.ToIntFunction;
import mirage.emulator.core.Cpu;
import mirage.xtensa.SpecialRegister;
import mirage.xtensa.UserRegister;

/**
 * The registers in the order and numbering of the vendor's GDB for this chip: pc, ar0-63, special registers,
 * a0-15.
 */
final class DebugRegisters {
  static final int FIRST_FLOAT = 87;

  private static final List<Access> TABLE = table();

  /** Number of registers in a 'g' packet; the window's a0-a15 follow, for 'p' and 'P' only. */
  static final int IN_BLOCK = TABLE.size();

  static final int COUNT = IN_BLOCK + 16;

  private DebugRegisters() {}

  private interface Access {
    /** As debuggers have it. */
    String name();

    int read(Cpu cpu);

    void write(Cpu cpu, int value);
  }

  /** The name of a register, as debuggers have it. */
  static String name(int number) {
    return number < IN_BLOCK ? TABLE.get(number).name() : "a" + (number - IN_BLOCK);
  }

  static int read(Cpu cpu, int number) {
    return number < IN_BLOCK ? TABLE.get(number).read(cpu) : cpu.register(number - IN_BLOCK);
  }

  static void write(Cpu cpu, int number, int value) {
    if (number < IN_BLOCK) {
      TABLE.get(number).write(cpu, value);
    } else {
      cpu.setRegister(number - IN_BLOCK, value);
    }
  }

  private static List<Access> table() {
    List<Access> rows = new ArrayList<>();
    rows.add(access("pc", Cpu::pc, Cpu::setPc));
    for (int i = 0; i < 64; i++) {
      int index = i;
      rows.add(
          access(
              "ar" + index,
              cpu -> cpu.physicalRegister(index),
              (cpu, value) -> cpu.setPhysicalRegister(index, value)));
    }
    special(rows, "LBEG LEND LCOUNT SAR WINDOWBASE WINDOWSTART CONFIGID0 CONFIGID1 PS");
    user(rows, UserRegister.THREADPTR);
    special(rows, "BR SCOMPARE1 ACCLO ACCHI M0 M1 M2 M3");
    user(rows, UserRegister.EXPSTATE);
    user(rows, UserRegister.F64R_LO);
    user(rows, UserRegister.F64R_HI);
    user(rows, UserRegister.F64S);
    if (rows.size() != FIRST_FLOAT) {
      throw new IllegalStateException("f0 is register " + rows.size());
    }
    for (int i = 0; i < 16; i++) {
      int index = i;
      rows.add(
          access(
              "f" + index,
              cpu -> cpu.floatRegister(index),
              (cpu, value) -> cpu.setFloatRegister(index, value)));
    }
    user(rows, UserRegister.FCR);
    user(rows, UserRegister.FSR);
    special(
        rows,
        "MMID IBREAKENABLE MEMCTL ATOMCTL DDR IBREAKA0 IBREAKA1 DBREAKA0 DBREAKA1 DBREAKC0 DBREAKC1");
    special(rows, "EPC1 EPC2 EPC3 EPC4 EPC5 EPC6 EPC7 DEPC EPS2 EPS3 EPS4 EPS5 EPS6 EPS7");
    special(rows, "EXCSAVE1 EXCSAVE2 EXCSAVE3 EXCSAVE4 EXCSAVE5 EXCSAVE6 EXCSAVE7 CPENABLE");
    special(
        rows,
        "INTERRUPT INTERRUPT INTCLEAR INTENABLE VECBASE EXCCAUSE DEBUGCAUSE CCOUNT PRID ICOUNT");
    special(rows, "ICOUNTLEVEL EXCVADDR CCOMPARE0 CCOMPARE1 CCOMPARE2 MISC0 MISC1 MISC2 MISC3");
    return List.copyOf(rows);
  }

  private static void special(List<Access> rows, String names) {
    for (String name : names.split(" ")) {
      SpecialRegister register = SpecialRegister.valueOf(name);
      String usual = name.toLowerCase(Locale.ROOT);
      // The two names of INTERRUPT: read, and written to set bits.
      boolean second = rows.stream().anyMatch(row -> row.name().equals(usual));
      String debugName = second ? "intset" : usual;
      rows.add(
          access(
              debugName,
              cpu -> cpu.special(register),
              (cpu, value) -> setSpecial(cpu, register, value)));
    }
  }

  /** Read-only registers stay as they are: a debugger writes all registers back at once. */
  private static void setSpecial(Cpu cpu, SpecialRegister register, int value) {
    boolean readOnly = register == SpecialRegister.PRID || register == SpecialRegister.CONFIGID1;
    if (!readOnly && cpu.special(register) != value) {
      cpu.setSpecial(register, value);
    }
  }

  private static void user(List<Access> rows, UserRegister register) {
    int number = register.number();
    String name = register.name().toLowerCase(Locale.ROOT);
    rows.add(access(name, cpu -> cpu.user(number), (cpu, value) -> cpu.setUser(number, value)));
  }

  private static Access access(String name, ToIntFunction<Cpu> reader, ObjIntConsumer<Cpu> writer) {
    return new Access() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public int read(Cpu cpu) {
        return reader.applyAsInt(cpu);
      }

      @Override
      public void write(Cpu cpu, int value) {
        writer.accept(cpu, value);
      }
    };
  }
}
