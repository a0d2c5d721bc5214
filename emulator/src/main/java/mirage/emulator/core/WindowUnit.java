// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import mirage.xtensa.Instruction;

/** Register windows (ISA manual, section 4.7.1). */
final class WindowUnit {
  private final State state;
  private final ExceptionUnit exceptions;

  WindowUnit(State state, ExceptionUnit exceptions) {
    this.state = state;
    this.exceptions = exceptions;
  }

  /** Runs an instruction of the window option at {@code pc}; returns where control goes. */
  int execute(Instruction i, int pc, int next) {
    return switch (i.opcode()) {
      case CALL4 -> call(1, i.a(), next);
      case CALL8 -> call(2, i.a(), next);
      case CALL12 -> call(3, i.a(), next);
      case CALLX4 -> call(1, state.a[i.a()], next);
      case CALLX8 -> call(2, state.a[i.a()], next);
      case CALLX12 -> call(3, state.a[i.a()], next);
      case ENTRY -> entry(i.a(), i.b(), pc, next);
      case RETW, RETW_N -> returnWindowed(pc);
      case MOVSP -> {
        if ((state.windowStartFromHere() & 0xe000) == 0) {
          throw new GuestException(Cause.ALLOCA);
        }
        state.a[i.a()] = state.a[i.b()];
        yield next;
      }
      case ROTW -> {
        state.rotate(i.a());
        yield next;
      }
      case RFWO -> {
        state.setWindowStart(state.windowStart & ~(1 << state.windowBase));
        yield resume();
      }
      case RFWU -> {
        state.setWindowStart(state.windowStart | 1 << state.windowBase);
        yield resume();
      }
      default -> throw new IllegalStateException(i.toString());
    };
  }

  /**
   * Raises the window overflow of an instruction at {@code pc} that uses registers of the next frame
   * above; returns the vector.
   */
  int overflow(int pc) {
    int here = state.windowStartFromHere();
    int taken = (here | here << 16) >>> 1;
    int distance = Integer.numberOfTrailingZeros(taken) + 1;
    int frame = Integer.numberOfTrailingZeros(taken >>> distance);
    Vector vector =
        switch (frame) {
          case 0 -> Vector.WINDOW_OVERFLOW4;
          case 1 -> Vector.WINDOW_OVERFLOW8;
          default -> Vector.WINDOW_OVERFLOW12;
        };
    return exceptions.enterWindowVector(vector, distance, pc);
  }

  private int call(int quads, int target, int next) {
    int cleared = state.ps & ~(3 << State.PS_CALLINC_SHIFT);
    state.setPs(cleared | quads << State.PS_CALLINC_SHIFT);
    state.a[quads * 4] = quads << 30 | next & 0x3fffffff;
    return target;
  }

  private int entry(int s, int frame, int pc, int next) {
    checkEnabled();
    if (s > 3) {
      throw new GuestException(Cause.ILLEGAL_INSTRUCTION);
    }
    int quads = state.ps >>> State.PS_CALLINC_SHIFT & 3;
    int taken = state.windowStartFromHere() >>> 1 & (1 << quads) - 1;
    if (taken != 0) {
      return overflow(pc);
    }
    if (quads == 0) {
      state.a[s] -= frame;
    } else {
      state.a[quads * 4 + s & 15] = state.a[s] - frame;
    }
    state.rotate(quads);
    state.setWindowStart(state.windowStart | 1 << state.windowBase);
    return next;
  }

  private int returnWindowed(int pc) {
    checkEnabled();
    int a0 = state.a[0];
    int quads = a0 >>> 30;
    int callers = state.windowStartFromHere() >>> 13 & 7;
    int nearest = callers == 0 ? 0 : Integer.numberOfLeadingZeros(callers) - 28;
    if (quads == 0 || nearest != 0 && nearest != quads) {
      throw new GuestException(Cause.ILLEGAL_INSTRUCTION);
    }
    if (nearest == 0) {
      Vector vector =
          switch (quads) {
            case 1 -> Vector.WINDOW_UNDERFLOW4;
            case 2 -> Vector.WINDOW_UNDERFLOW8;
            default -> Vector.WINDOW_UNDERFLOW12;
          };
      return exceptions.enterWindowVector(vector, -quads, pc);
    }
    int left = 1 << state.windowBase;
    state.rotate(-quads);
    state.setWindowStart(state.windowStart & ~left);
    return pc & 0xc0000000 | a0 & 0x3fffffff;
  }

  private int resume() {
    state.setWindowBase(state.ps >>> State.PS_OWB_SHIFT & 15);
    state.setPs(state.ps & ~State.PS_EXCM);
    return state.epc[1];
  }

  private void checkEnabled() {
    if ((state.ps & (State.PS_WOE | State.PS_EXCM)) != State.PS_WOE) {
      throw new GuestException(Cause.ILLEGAL_INSTRUCTION);
    }
  }
}
