// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import mirage.emulator.bus.DeviceFault;
import mirage.xtensa.Instruction;
import mirage.xtensa.Opcode;
import mirage.xtensa.SpecialRegister;
import mirage.xtensa.UserRegister;

/** Reading and writing of special and user registers, with what follows from it. */
final class SpecialRegisters {
  /** ESP32: XCHAL_HW_CONFIGID0 and 1. */
  private static final int CONFIGID0 = 0xc2bcfffe;

  private static final int CONFIGID1 = 0x1cc5fe96;

  /** The field of FCR that is not 0 if results are not rounded to nearest. */
  private static final int ROUNDING_MODE = 3;

  private final State state;
  private final BlockCache cache;
  private final Timers timers;
  private final DataBreaks dataBreaks;
  private final int prid;

  SpecialRegisters(State state, BlockCache cache, Timers timers, DataBreaks dataBreaks, int prid) {
    this.state = state;
    this.cache = cache;
    this.timers = timers;
    this.dataBreaks = dataBreaks;
    this.prid = prid;
  }

  /** Runs rsr, wsr, xsr, rur or wur. */
  void execute(Instruction i) {
    int[] a = state.a;
    switch (i.opcode()) {
      case RSR -> a[i.a()] = read(special(i.b(), Opcode.RSR));
      case WSR -> write(special(i.b(), Opcode.WSR), a[i.a()]);
      case XSR -> {
        SpecialRegister register = special(i.b(), Opcode.XSR);
        int old = read(register);
        write(register, a[i.a()]);
        a[i.a()] = old;
      }
      case RUR -> a[i.a()] = state.user[user(i.b())];
      case WUR -> writeUser(user(i.b()), a[i.a()]);
      default -> throw new IllegalStateException(i.toString());
    }
  }

  private void writeUser(int number, int value) {
    if (number == UserRegister.FCR.number() && (value & ROUNDING_MODE) != 0) {
      throw new DeviceFault(
          "FCR: rounding mode " + (value & ROUNDING_MODE) + " is not modelled, 0 (nearest) is");
    }
    state.user[number] = value;
  }

  int read(SpecialRegister register) {
    return switch (register) {
      case LBEG -> state.lbeg;
      case LEND -> state.lend;
      case LCOUNT -> state.lcount;
      case SAR -> state.sar;
      case BR -> state.br;
      case SCOMPARE1 -> state.scompare1;
      case ACCLO -> (int) state.acc;
      case ACCHI -> (int) (state.acc >> 32);
      case M0, M1, M2, M3 -> state.m[index(register, SpecialRegister.M0)];
      case WINDOWBASE -> state.windowBase;
      case WINDOWSTART -> state.windowStart;
      case CONFIGID0 -> CONFIGID0;
      case CONFIGID1 -> CONFIGID1;
      case EPC1, EPC2, EPC3, EPC4, EPC5, EPC6, EPC7 ->
          state.epc[1 + index(register, SpecialRegister.EPC1)];
      case DEPC -> state.depc;
      case EPS2, EPS3, EPS4, EPS5, EPS6, EPS7 ->
          state.eps[2 + index(register, SpecialRegister.EPS2)];
      case EXCSAVE1, EXCSAVE2, EXCSAVE3, EXCSAVE4, EXCSAVE5, EXCSAVE6, EXCSAVE7 ->
          state.excsave[1 + index(register, SpecialRegister.EXCSAVE1)];
      case CPENABLE -> state.cpenable;
      case INTERRUPT -> state.interrupt;
      case INTENABLE -> state.intenable;
      case PS -> state.ps;
      case VECBASE -> state.vecbase;
      case EXCCAUSE -> state.exccause;
      case DEBUGCAUSE -> state.debugcause;
      case CCOUNT -> state.ccount();
      case PRID -> prid;
      case EXCVADDR -> state.excvaddr;
      case CCOMPARE0, CCOMPARE1, CCOMPARE2 ->
          state.ccompare[index(register, SpecialRegister.CCOMPARE0)];
      case LITBASE,
              MMID,
              IBREAKENABLE,
              MEMCTL,
              ATOMCTL,
              DDR,
              IBREAKA0,
              IBREAKA1,
              DBREAKA0,
              DBREAKA1,
              DBREAKC0,
              DBREAKC1,
              INTCLEAR,
              ICOUNT,
              ICOUNTLEVEL,
              MISC0,
              MISC1,
              MISC2,
              MISC3 ->
          state.plain[register.number()];
    };
  }

  void write(SpecialRegister register, int value) {
    switch (register) {
      case LBEG -> state.lbeg = value;
      case LEND -> {
        state.lend = value;
        cache.markLoopEnd(value);
      }
      case LCOUNT -> state.lcount = value;
      case SAR -> state.sar = value & 0x3f;
      case BR -> state.br = value & 0xffff;
      case SCOMPARE1 -> state.scompare1 = value;
      case ACCLO -> state.acc = state.acc >> 32 << 32 | value & 0xffffffffL;
      case ACCHI -> state.acc = (long) (byte) value << 32 | state.acc & 0xffffffffL;
      case M0, M1, M2, M3 -> state.m[index(register, SpecialRegister.M0)] = value;
      case WINDOWBASE -> state.setWindowBase(value);
      case WINDOWSTART -> state.setWindowStart(value);
      case EPC1, EPC2, EPC3, EPC4, EPC5, EPC6, EPC7 ->
          state.epc[1 + index(register, SpecialRegister.EPC1)] = value;
      case DEPC -> state.depc = value;
      case EPS2, EPS3, EPS4, EPS5, EPS6, EPS7 ->
          state.eps[2 + index(register, SpecialRegister.EPS2)] = value & State.PS_DEFINED;
      case EXCSAVE1, EXCSAVE2, EXCSAVE3, EXCSAVE4, EXCSAVE5, EXCSAVE6, EXCSAVE7 ->
          state.excsave[1 + index(register, SpecialRegister.EXCSAVE1)] = value;
      case CPENABLE -> state.setCpenable(value);
      default -> writeControl(register, value);
    }
  }

  /** Registers whose change has consequences at once, and those without a function. */
  private void writeControl(SpecialRegister register, int value) {
    switch (register) {
      case INTERRUPT -> setInterrupts(state.interrupt | value & Interrupts.SOFTWARE);
      case INTCLEAR ->
          setInterrupts(state.interrupt & ~(value & (Interrupts.SOFTWARE | Interrupts.EDGE)));
      case INTENABLE -> {
        state.intenable = value;
        state.updateAttention();
      }
      case PS -> state.setPs(value);
      case VECBASE -> state.vecbase = value & ~0x3ff;
      case EXCCAUSE -> state.exccause = value & 0x3f;
      case EXCVADDR -> state.excvaddr = value;
      case CCOUNT -> timers.setCcount(value);
      case CCOMPARE0, CCOMPARE1, CCOMPARE2 ->
          timers.setCcompare(index(register, SpecialRegister.CCOMPARE0), value);
      case DBREAKA0, DBREAKA1, DBREAKC0, DBREAKC1 -> {
        state.plain[register.number()] = value;
        dataBreaks.update();
      }
      case CONFIGID0, DEBUGCAUSE -> {}
      case CONFIGID1, PRID -> throw new GuestException(Cause.ILLEGAL_INSTRUCTION);
      default -> state.plain[register.number()] = value;
    }
  }

  private void setInterrupts(int bits) {
    state.interrupt = bits;
    state.updateAttention();
  }

  /** The register an instruction names; some can only be read, some only be written. */
  private static SpecialRegister special(int number, Opcode opcode) {
    SpecialRegister register = SpecialRegister.of(number);
    boolean exists =
        register != null
            && switch (register) {
              case INTERRUPT -> opcode != Opcode.XSR;
              case INTCLEAR, MMID -> opcode == Opcode.WSR;
              case CONFIGID1, PRID -> opcode == Opcode.RSR;
              case CONFIGID0 -> opcode != Opcode.XSR;
              default -> true;
            };
    if (!exists) {
      throw new GuestException(Cause.ILLEGAL_INSTRUCTION);
    }
    return register;
  }

  private static int user(int number) {
    if (UserRegister.of(number) == null) {
      throw new GuestException(Cause.ILLEGAL_INSTRUCTION);
    }
    return number;
  }

  private static int index(SpecialRegister register, SpecialRegister first) {
    return register.number() - first.number();
  }
}
