// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import mirage.emulator.bus.AccessFault;
import mirage.emulator.bus.AddressSpace;

/**
 * Runs blocks: operations of one kind in one method, told apart by their numbers' order in {@link Op}; what is rare or
 * long lives in the units.
 */
final class Interpreter {
  private final State state;
  private final AddressSpace space;
  private final Units units;

  Interpreter(State state, AddressSpace space, Units units) {
    this.state = state;
    this.space = space;
    this.units = units;
  }

  /**
   * Runs a block and returns where control goes.
   *
   * <p>On return {@code state.position} is the number of instructions run, all of them unless {@code
   * state.leave} asked to stop earlier.
   *
   * @throws GuestException if an instruction cannot complete; {@code state.position} tells which
   * @throws AccessFault if the bus refuses its load or store; likewise
   */
  int run(Block block) {
    State state = this.state;
    long[] code = block.code;
    for (int i = 0; ; i++) {
      long w = code[i];
      int op = Op.op(w);
      if (op < Op.MOVEQZ) {
        sum(w, op);
      } else if (op < Op.L8UI) {
        move(w, op);
      } else if (op <= Op.REMS) {
        state.position = i;
        access(w, op);
        if (state.leave) {
          return leave(block);
        }
      } else if (op <= Op.NSAU) {
        function(w, op);
      } else if (op == Op.UNIT) {
        state.position = i;
        units.execute(block.instructions[i], block.address(i), block.end);
        if (state.leave) {
          return leave(block);
        }
      } else {
        return last(block, w, i);
      }
    }
  }

  private void sum(long w, int op) {
    int[] a = state.a;
    switch (op) {
      case Op.ADD -> a[Op.r(w)] = a[Op.s(w)] + a[Op.t(w)];
      case Op.SUB -> a[Op.r(w)] = a[Op.s(w)] - a[Op.t(w)];
      case Op.ADDX2 -> a[Op.r(w)] = (a[Op.s(w)] << 1) + a[Op.t(w)];
      case Op.ADDX4 -> a[Op.r(w)] = (a[Op.s(w)] << 2) + a[Op.t(w)];
      case Op.ADDX8 -> a[Op.r(w)] = (a[Op.s(w)] << 3) + a[Op.t(w)];
      case Op.SUBX2 -> a[Op.r(w)] = (a[Op.s(w)] << 1) - a[Op.t(w)];
      case Op.SUBX4 -> a[Op.r(w)] = (a[Op.s(w)] << 2) - a[Op.t(w)];
      case Op.SUBX8 -> a[Op.r(w)] = (a[Op.s(w)] << 3) - a[Op.t(w)];
      case Op.AND -> a[Op.r(w)] = a[Op.s(w)] & a[Op.t(w)];
      case Op.OR -> a[Op.r(w)] = a[Op.s(w)] | a[Op.t(w)];
      case Op.XOR -> a[Op.r(w)] = a[Op.s(w)] ^ a[Op.t(w)];
      case Op.NEG -> a[Op.r(w)] = -a[Op.t(w)];
      case Op.ABS -> a[Op.r(w)] = Math.abs(a[Op.t(w)]);
      case Op.ADDI -> a[Op.r(w)] = a[Op.s(w)] + Op.immediate(w);
      case Op.MOVI -> a[Op.r(w)] = Op.immediate(w);
      case Op.MOV -> a[Op.r(w)] = a[Op.s(w)];
      default -> throw unknown(op);
    }
  }

  private void move(long w, int op) {
    int[] a = state.a;
    switch (op) {
      case Op.MOVEQZ -> {
        if (a[Op.t(w)] == 0) {
          a[Op.r(w)] = a[Op.s(w)];
        }
      }
      case Op.MOVNEZ -> {
        if (a[Op.t(w)] != 0) {
          a[Op.r(w)] = a[Op.s(w)];
        }
      }
      case Op.MOVLTZ -> {
        if (a[Op.t(w)] < 0) {
          a[Op.r(w)] = a[Op.s(w)];
        }
      }
      case Op.MOVGEZ -> {
        if (a[Op.t(w)] >= 0) {
          a[Op.r(w)] = a[Op.s(w)];
        }
      }
      case Op.EXTUI -> a[Op.r(w)] = a[Op.t(w)] >>> Op.k(w) & Op.immediate(w);
      case Op.NOP -> {}
      default -> shift(w, op);
    }
  }

  private void shift(long w, int op) {
    int[] a = state.a;
    switch (op) {
      case Op.SSR -> state.sar = a[Op.s(w)] & 31;
      case Op.SSL -> state.sar = 32 - (a[Op.s(w)] & 31);
      case Op.SSA8L -> state.sar = (a[Op.s(w)] & 3) << 3;
      case Op.SSA8B -> state.sar = 32 - ((a[Op.s(w)] & 3) << 3);
      case Op.SSAI -> state.sar = Op.k(w);
      case Op.SLL -> a[Op.r(w)] = Semantics.sll(a[Op.s(w)], state.sar);
      case Op.SRC -> a[Op.r(w)] = Semantics.src(a[Op.s(w)], a[Op.t(w)], state.sar);
      case Op.SRL -> a[Op.r(w)] = Semantics.srl(a[Op.t(w)], state.sar);
      case Op.SRA -> a[Op.r(w)] = Semantics.sra(a[Op.t(w)], state.sar);
      case Op.SLLI -> a[Op.r(w)] = Semantics.slli(a[Op.s(w)], Op.k(w));
      case Op.SRAI -> a[Op.r(w)] = a[Op.t(w)] >> Op.k(w);
      case Op.SRLI -> a[Op.r(w)] = a[Op.t(w)] >>> Op.k(w);
      default -> throw unknown(op);
    }
  }

  private void access(long w, int op) {
    int[] a = state.a;
    switch (op) {
      case Op.L8UI -> a[Op.t(w)] = space.load8(a[Op.s(w)] + Op.immediate(w));
      case Op.L16UI -> a[Op.t(w)] = space.load16(a[Op.s(w)] + Op.immediate(w));
      case Op.L16SI -> a[Op.t(w)] = (short) space.load16(a[Op.s(w)] + Op.immediate(w));
      case Op.L32I -> a[Op.t(w)] = space.load32(a[Op.s(w)] + Op.immediate(w));
      case Op.L32R -> a[Op.t(w)] = space.load32(Op.immediate(w));
      case Op.S8I -> space.store8(a[Op.s(w)] + Op.immediate(w), a[Op.t(w)]);
      case Op.S16I -> space.store16(a[Op.s(w)] + Op.immediate(w), a[Op.t(w)]);
      case Op.S32I -> space.store32(a[Op.s(w)] + Op.immediate(w), a[Op.t(w)]);
      case Op.QUOU -> a[Op.r(w)] = Integer.divideUnsigned(a[Op.s(w)], divisor(w));
      case Op.QUOS -> a[Op.r(w)] = a[Op.s(w)] / divisor(w);
      case Op.REMU -> a[Op.r(w)] = Integer.remainderUnsigned(a[Op.s(w)], divisor(w));
      case Op.REMS -> a[Op.r(w)] = a[Op.s(w)] % divisor(w);
      default -> throw unknown(op);
    }
  }

  private int divisor(long w) {
    return Semantics.divisor(state.a[Op.t(w)]);
  }

  private void function(long w, int op) {
    int[] a = state.a;
    switch (op) {
      case Op.MIN -> a[Op.r(w)] = Math.min(a[Op.s(w)], a[Op.t(w)]);
      case Op.MAX -> a[Op.r(w)] = Math.max(a[Op.s(w)], a[Op.t(w)]);
      case Op.MINU -> a[Op.r(w)] = Semantics.minu(a[Op.s(w)], a[Op.t(w)]);
      case Op.MAXU -> a[Op.r(w)] = Semantics.maxu(a[Op.s(w)], a[Op.t(w)]);
      case Op.MULL -> a[Op.r(w)] = a[Op.s(w)] * a[Op.t(w)];
      case Op.MULUH -> a[Op.r(w)] = Semantics.muluh(a[Op.s(w)], a[Op.t(w)]);
      case Op.MULSH -> a[Op.r(w)] = Semantics.mulsh(a[Op.s(w)], a[Op.t(w)]);
      case Op.MUL16U -> a[Op.r(w)] = (a[Op.s(w)] & 0xffff) * (a[Op.t(w)] & 0xffff);
      case Op.MUL16S -> a[Op.r(w)] = (short) a[Op.s(w)] * (short) a[Op.t(w)];
      case Op.SEXT -> a[Op.r(w)] = a[Op.s(w)] << Op.k(w) >> Op.k(w);
      case Op.CLAMPS -> a[Op.r(w)] = Semantics.clamps(a[Op.s(w)], Op.k(w));
      case Op.NSA -> a[Op.r(w)] = Semantics.nsa(a[Op.s(w)]);
      case Op.NSAU -> a[Op.r(w)] = Integer.numberOfLeadingZeros(a[Op.s(w)]);
      default -> throw unknown(op);
    }
  }

  /** Runs the last operation of a block; returns where control goes. */
  private int last(Block block, long w, int index) {
    int op = Op.op(w);
    if (op == Op.UNIT_END) {
      state.position = index;
      int next = units.execute(block.instructions[index], block.address(index), block.end);
      state.position = block.length;
      return next;
    }
    state.position = block.length;
    if (op <= Op.BBSI) {
      return isTaken(w, op) ? block.target : block.end;
    }
    int[] a = state.a;
    int value = a[Op.s(w)];
    switch (op) {
      case Op.J -> {
        return block.target;
      }
      case Op.JX -> {
        return value;
      }
      case Op.CALL0 -> {
        a[0] = block.end;
        return block.target;
      }
      case Op.CALLX0 -> {
        a[0] = block.end;
        return value;
      }
      case Op.LOOP, Op.LOOPNEZ, Op.LOOPGTZ -> {
        startLoop(block, value);
        boolean runs = op == Op.LOOP || (op == Op.LOOPNEZ ? value != 0 : value > 0);
        return runs ? block.end : block.target;
      }
      case Op.END -> {
        return block.end;
      }
      default -> throw unknown(op);
    }
  }

  private boolean isTaken(long w, int op) {
    int[] a = state.a;
    return switch (op) {
      case Op.BEQZ -> a[Op.s(w)] == 0;
      case Op.BNEZ -> a[Op.s(w)] != 0;
      case Op.BGEZ -> a[Op.s(w)] >= 0;
      case Op.BLTZ -> a[Op.s(w)] < 0;
      case Op.BEQ -> a[Op.s(w)] == a[Op.t(w)];
      case Op.BNE -> a[Op.s(w)] != a[Op.t(w)];
      case Op.BGE -> a[Op.s(w)] >= a[Op.t(w)];
      case Op.BLT -> a[Op.s(w)] < a[Op.t(w)];
      case Op.BGEU -> Integer.compareUnsigned(a[Op.s(w)], a[Op.t(w)]) >= 0;
      case Op.BLTU -> Integer.compareUnsigned(a[Op.s(w)], a[Op.t(w)]) < 0;
      case Op.BANY -> (a[Op.s(w)] & a[Op.t(w)]) != 0;
      case Op.BNONE -> (a[Op.s(w)] & a[Op.t(w)]) == 0;
      case Op.BALL -> (~a[Op.s(w)] & a[Op.t(w)]) == 0;
      case Op.BNALL -> (~a[Op.s(w)] & a[Op.t(w)]) != 0;
      case Op.BBC -> (a[Op.s(w)] >>> a[Op.t(w)] & 1) == 0;
      case Op.BBS -> (a[Op.s(w)] >>> a[Op.t(w)] & 1) != 0;
      case Op.BEQI -> a[Op.s(w)] == Op.immediate(w);
      case Op.BNEI -> a[Op.s(w)] != Op.immediate(w);
      case Op.BGEI -> a[Op.s(w)] >= Op.immediate(w);
      case Op.BLTI -> a[Op.s(w)] < Op.immediate(w);
      case Op.BGEUI -> Integer.compareUnsigned(a[Op.s(w)], Op.immediate(w)) >= 0;
      case Op.BLTUI -> Integer.compareUnsigned(a[Op.s(w)], Op.immediate(w)) < 0;
      case Op.BBCI -> (a[Op.s(w)] & Op.immediate(w)) == 0;
      case Op.BBSI -> (a[Op.s(w)] & Op.immediate(w)) != 0;
      default -> throw unknown(op);
    };
  }

  private static IllegalStateException unknown(int op) {
    return new IllegalStateException("operation " + op);
  }

  /** Stops behind the instruction at {@code state.position}. */
  private int leave(Block block) {
    int next = block.address(++state.position);
    state.leave = false;
    return next;
  }

  private void startLoop(Block block, int count) {
    state.lcount = count - 1;
    state.lbeg = block.end;
    state.lend = block.target;
  }
}
