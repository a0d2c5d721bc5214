// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import mirage.emulator.bus.AccessFault;
import mirage.emulator.bus.AddressSpace;

/**
 * Runs blocks. The one method with the big switch stays below the size that the just-in-time
 * compiler gives up on (8000 bytes); what is rare or long lives in the units.
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
    AddressSpace space = this.space;
    int[] a = state.a;
    long[] code = block.code;
    for (int i = 0; ; i++) {
      long w = code[i];
      switch (Op.op(w)) {
        case Op.ADD -> a[Op.r(w)] = a[Op.s(w)] + a[Op.t(w)];
        case Op.SUB -> a[Op.r(w)] = a[Op.s(w)] - a[Op.t(w)];
        case Op.ADDX2 -> a[Op.r(w)] = (a[Op.s(w)] << 1) + a[Op.t(w)];
        case Op.SUBX2 -> a[Op.r(w)] = (a[Op.s(w)] << 1) - a[Op.t(w)];
        case Op.ADDX4 -> a[Op.r(w)] = (a[Op.s(w)] << 2) + a[Op.t(w)];
        case Op.SUBX4 -> a[Op.r(w)] = (a[Op.s(w)] << 2) - a[Op.t(w)];
        case Op.ADDX8 -> a[Op.r(w)] = (a[Op.s(w)] << 3) + a[Op.t(w)];
        case Op.SUBX8 -> a[Op.r(w)] = (a[Op.s(w)] << 3) - a[Op.t(w)];
        case Op.AND -> a[Op.r(w)] = a[Op.s(w)] & a[Op.t(w)];
        case Op.OR -> a[Op.r(w)] = a[Op.s(w)] | a[Op.t(w)];
        case Op.XOR -> a[Op.r(w)] = a[Op.s(w)] ^ a[Op.t(w)];
        case Op.NEG -> a[Op.r(w)] = -a[Op.t(w)];
        case Op.ABS -> a[Op.r(w)] = Math.abs(a[Op.t(w)]);
        case Op.ADDI -> a[Op.r(w)] = a[Op.s(w)] + Op.immediate(w);
        case Op.MOVI -> a[Op.r(w)] = Op.immediate(w);
        case Op.MOV -> a[Op.r(w)] = a[Op.s(w)];
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
        case Op.L8UI -> {
          state.position = i;
          a[Op.t(w)] = space.load8(a[Op.s(w)] + Op.immediate(w));
          if (state.leave) {
            return leave(block);
          }
        }
        case Op.L16UI -> {
          state.position = i;
          a[Op.t(w)] = space.load16(a[Op.s(w)] + Op.immediate(w));
          if (state.leave) {
            return leave(block);
          }
        }
        case Op.L16SI -> {
          state.position = i;
          a[Op.t(w)] = (short) space.load16(a[Op.s(w)] + Op.immediate(w));
          if (state.leave) {
            return leave(block);
          }
        }
        case Op.L32I -> {
          state.position = i;
          a[Op.t(w)] = space.load32(a[Op.s(w)] + Op.immediate(w));
          if (state.leave) {
            return leave(block);
          }
        }
        case Op.L32R -> {
          state.position = i;
          a[Op.t(w)] = space.load32(Op.immediate(w));
          if (state.leave) {
            return leave(block);
          }
        }
        case Op.S8I -> {
          state.position = i;
          space.store8(a[Op.s(w)] + Op.immediate(w), a[Op.t(w)]);
          if (state.leave) {
            return leave(block);
          }
        }
        case Op.S16I -> {
          state.position = i;
          space.store16(a[Op.s(w)] + Op.immediate(w), a[Op.t(w)]);
          if (state.leave) {
            return leave(block);
          }
        }
        case Op.S32I -> {
          state.position = i;
          space.store32(a[Op.s(w)] + Op.immediate(w), a[Op.t(w)]);
          if (state.leave) {
            return leave(block);
          }
        }
        case Op.MIN -> a[Op.r(w)] = Math.min(a[Op.s(w)], a[Op.t(w)]);
        case Op.MAX -> a[Op.r(w)] = Math.max(a[Op.s(w)], a[Op.t(w)]);
        case Op.MINU -> a[Op.r(w)] = Semantics.minu(a[Op.s(w)], a[Op.t(w)]);
        case Op.MAXU -> a[Op.r(w)] = Semantics.maxu(a[Op.s(w)], a[Op.t(w)]);
        case Op.MULL -> a[Op.r(w)] = a[Op.s(w)] * a[Op.t(w)];
        case Op.MULUH -> a[Op.r(w)] = Semantics.muluh(a[Op.s(w)], a[Op.t(w)]);
        case Op.MULSH -> a[Op.r(w)] = Semantics.mulsh(a[Op.s(w)], a[Op.t(w)]);
        case Op.MUL16U -> a[Op.r(w)] = (a[Op.s(w)] & 0xffff) * (a[Op.t(w)] & 0xffff);
        case Op.MUL16S -> a[Op.r(w)] = (short) a[Op.s(w)] * (short) a[Op.t(w)];
        case Op.QUOU -> {
          state.position = i;
          int divisor = Semantics.divisor(a[Op.t(w)]);
          a[Op.r(w)] = Integer.divideUnsigned(a[Op.s(w)], divisor);
        }
        case Op.QUOS -> {
          state.position = i;
          int divisor = Semantics.divisor(a[Op.t(w)]);
          a[Op.r(w)] = a[Op.s(w)] / divisor;
        }
        case Op.REMU -> {
          state.position = i;
          int divisor = Semantics.divisor(a[Op.t(w)]);
          a[Op.r(w)] = Integer.remainderUnsigned(a[Op.s(w)], divisor);
        }
        case Op.REMS -> {
          state.position = i;
          int divisor = Semantics.divisor(a[Op.t(w)]);
          a[Op.r(w)] = a[Op.s(w)] % divisor;
        }
        case Op.SEXT -> a[Op.r(w)] = a[Op.s(w)] << Op.k(w) >> Op.k(w);
        case Op.CLAMPS -> a[Op.r(w)] = Semantics.clamps(a[Op.s(w)], Op.k(w));
        case Op.NSA -> a[Op.r(w)] = Semantics.nsa(a[Op.s(w)]);
        case Op.NSAU -> a[Op.r(w)] = Integer.numberOfLeadingZeros(a[Op.s(w)]);
        case Op.BEQZ -> {
          state.position = block.length;
          return a[Op.s(w)] == 0 ? block.target : block.end;
        }
        case Op.BNEZ -> {
          state.position = block.length;
          return a[Op.s(w)] != 0 ? block.target : block.end;
        }
        case Op.BGEZ -> {
          state.position = block.length;
          return a[Op.s(w)] >= 0 ? block.target : block.end;
        }
        case Op.BLTZ -> {
          state.position = block.length;
          return a[Op.s(w)] < 0 ? block.target : block.end;
        }
        case Op.BEQ -> {
          state.position = block.length;
          return a[Op.s(w)] == a[Op.t(w)] ? block.target : block.end;
        }
        case Op.BNE -> {
          state.position = block.length;
          return a[Op.s(w)] != a[Op.t(w)] ? block.target : block.end;
        }
        case Op.BGE -> {
          state.position = block.length;
          return a[Op.s(w)] >= a[Op.t(w)] ? block.target : block.end;
        }
        case Op.BLT -> {
          state.position = block.length;
          return a[Op.s(w)] < a[Op.t(w)] ? block.target : block.end;
        }
        case Op.BGEU -> {
          state.position = block.length;
          return Integer.compareUnsigned(a[Op.s(w)], a[Op.t(w)]) >= 0 ? block.target : block.end;
        }
        case Op.BLTU -> {
          state.position = block.length;
          return Integer.compareUnsigned(a[Op.s(w)], a[Op.t(w)]) < 0 ? block.target : block.end;
        }
        case Op.BANY -> {
          state.position = block.length;
          return (a[Op.s(w)] & a[Op.t(w)]) != 0 ? block.target : block.end;
        }
        case Op.BNONE -> {
          state.position = block.length;
          return (a[Op.s(w)] & a[Op.t(w)]) == 0 ? block.target : block.end;
        }
        case Op.BALL -> {
          state.position = block.length;
          return (~a[Op.s(w)] & a[Op.t(w)]) == 0 ? block.target : block.end;
        }
        case Op.BNALL -> {
          state.position = block.length;
          return (~a[Op.s(w)] & a[Op.t(w)]) != 0 ? block.target : block.end;
        }
        case Op.BBC -> {
          state.position = block.length;
          return (a[Op.s(w)] >>> a[Op.t(w)] & 1) == 0 ? block.target : block.end;
        }
        case Op.BBS -> {
          state.position = block.length;
          return (a[Op.s(w)] >>> a[Op.t(w)] & 1) != 0 ? block.target : block.end;
        }
        case Op.BEQI -> {
          state.position = block.length;
          return a[Op.s(w)] == Op.immediate(w) ? block.target : block.end;
        }
        case Op.BNEI -> {
          state.position = block.length;
          return a[Op.s(w)] != Op.immediate(w) ? block.target : block.end;
        }
        case Op.BGEI -> {
          state.position = block.length;
          return a[Op.s(w)] >= Op.immediate(w) ? block.target : block.end;
        }
        case Op.BLTI -> {
          state.position = block.length;
          return a[Op.s(w)] < Op.immediate(w) ? block.target : block.end;
        }
        case Op.BGEUI -> {
          state.position = block.length;
          return Integer.compareUnsigned(a[Op.s(w)], Op.immediate(w)) >= 0
              ? block.target
              : block.end;
        }
        case Op.BLTUI -> {
          state.position = block.length;
          return Integer.compareUnsigned(a[Op.s(w)], Op.immediate(w)) < 0
              ? block.target
              : block.end;
        }
        case Op.BBCI -> {
          state.position = block.length;
          return (a[Op.s(w)] & Op.immediate(w)) == 0 ? block.target : block.end;
        }
        case Op.BBSI -> {
          state.position = block.length;
          return (a[Op.s(w)] & Op.immediate(w)) != 0 ? block.target : block.end;
        }
        case Op.J -> {
          state.position = block.length;
          return block.target;
        }
        case Op.JX -> {
          state.position = block.length;
          return a[Op.s(w)];
        }
        case Op.CALL0 -> {
          state.position = block.length;
          a[0] = block.end;
          return block.target;
        }
        case Op.CALLX0 -> {
          state.position = block.length;
          int target = a[Op.s(w)];
          a[0] = block.end;
          return target;
        }
        case Op.LOOP -> {
          state.position = block.length;
          int count = a[Op.s(w)];
          startLoop(block, count);
          return block.end;
        }
        case Op.LOOPNEZ -> {
          state.position = block.length;
          int count = a[Op.s(w)];
          startLoop(block, count);
          return count != 0 ? block.end : block.target;
        }
        case Op.LOOPGTZ -> {
          state.position = block.length;
          int count = a[Op.s(w)];
          startLoop(block, count);
          return count > 0 ? block.end : block.target;
        }
        case Op.UNIT -> {
          state.position = i;
          units.execute(block.instructions[i], block.address(i), block.end);
          if (state.leave) {
            return leave(block);
          }
        }
        case Op.UNIT_END -> {
          state.position = i;
          int next = units.execute(block.instructions[i], block.address(i), block.end);
          state.position = block.length;
          return next;
        }
        case Op.END -> {
          state.position = block.length;
          return block.end;
        }
        default -> throw new IllegalStateException("operation " + Op.op(w));
      }
    }
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
