// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import mirage.xtensa.Instruction;

/** Exceptions, interrupts and the instructions that end them (ISA manual, sections 4.4.1-4.4.5). */
final class ExceptionUnit {
  private static final int DEBUGCAUSE_BREAK = 1 << 3;
  private static final int DEBUGCAUSE_BREAK_N = 1 << 4;
  private static final int DEBUGCAUSE_DB = 1 << 2;
  private static final int DEBUGCAUSE_DBNUM_SHIFT = 8;

  private final State state;

  ExceptionUnit(State state) {
    this.state = state;
  }

  /** Runs an instruction of the exception, interrupt or debug option; returns where control goes. */
  int execute(Instruction i, int pc, int next) {
    return switch (i.opcode()) {
      case ILL, ILL_N, RFDO, RFDD, LDDR32_P, SDDR32_P ->
          throw new GuestException(Cause.ILLEGAL_INSTRUCTION);
      case SYSCALL -> throw new GuestException(Cause.SYSCALL);
      case RFE -> {
        state.setPs(state.ps & ~State.PS_EXCM);
        yield state.epc[1];
      }
      case RFDE -> state.depc;
      case RFI -> resume(i.a());
      case RSIL -> {
        state.a[i.a()] = state.ps;
        state.setPs(state.ps & ~State.PS_INTLEVEL | i.b());
        yield next;
      }
      case WAITI -> {
        state.waiting = true;
        state.setPs(state.ps & ~State.PS_INTLEVEL | i.a());
        yield next;
      }
      case BREAK -> breakpoint(DEBUGCAUSE_BREAK, pc, next);
      case BREAK_N -> breakpoint(DEBUGCAUSE_BREAK_N, pc, next);
      default -> throw new IllegalStateException(i.toString());
    };
  }

  /** Enters the vector for an exception of the instruction at {@code pc}. */
  int enter(Cause cause, int pc) {
    Vector vector;
    if (state.excm()) {
      state.depc = pc;
      vector = Vector.DOUBLE;
    } else {
      state.epc[1] = pc;
      vector = (state.ps & State.PS_UM) != 0 ? Vector.USER : Vector.KERNEL;
    }
    state.exccause = cause.number();
    state.setPs(state.ps | State.PS_EXCM);
    return address(vector);
  }

  /** Enters the vector of an interrupt before the instruction at {@code pc}. */
  int enterInterrupt(int level, int pc) {
    if (level == 1) {
      return enter(Cause.LEVEL1_INTERRUPT, pc);
    }
    if (level == 7) {
      state.interrupt &= ~Interrupts.NMI;
    }
    return enterLevel(level, pc);
  }

  /** Enters a window exception's vector in the window {@code quads} away. */
  int enterWindowVector(Vector vector, int quads, int pc) {
    int ps = state.ps & ~(15 << State.PS_OWB_SHIFT) | state.windowBase << State.PS_OWB_SHIFT;
    state.rotate(quads);
    state.epc[1] = pc;
    state.setPs(ps | State.PS_EXCM);
    return address(vector);
  }

  private int enterLevel(int level, int pc) {
    state.epc[level] = pc;
    state.eps[level] = state.ps;
    state.setPs(state.ps & ~State.PS_INTLEVEL | level | State.PS_EXCM);
    return address(Vector.ofLevel(level));
  }

  private int resume(int level) {
    if (level < 2 || level > 7) {
      throw new GuestException(Cause.ILLEGAL_INSTRUCTION);
    }
    state.setPs(state.eps[level]);
    return state.epc[level];
  }

  /** Enters the debug vector for an access that met a data breakpoint. */
  int enterDataBreak(int number, int pc) {
    state.debugcause = DEBUGCAUSE_DB | number << DEBUGCAUSE_DBNUM_SHIFT;
    return enterLevel(State.DEBUG_LEVEL, pc);
  }

  /** A breakpoint is ignored at and above the debug level. */
  private int breakpoint(int cause, int pc, int next) {
    if (state.currentLevel() >= State.DEBUG_LEVEL) {
      return next;
    }
    state.debugcause = cause;
    return enterLevel(State.DEBUG_LEVEL, pc);
  }

  int address(Vector vector) {
    return state.vecbase + vector.offset();
  }
}
