// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import mirage.xtensa.Flow;
import mirage.xtensa.Instruction;
import mirage.xtensa.Opcode;
import mirage.xtensa.Operand;
import mirage.xtensa.Option;

/** Turns decoded instructions into operation words. */
final class Lowering {
  private Lowering() {}

  /** The operation word of an instruction; its label, if any, is the block's. */
  static long lower(Instruction i) {
    return switch (i.opcode()) {
      case ADD, ADD_N -> rst(Op.ADD, i);
      case SUB -> rst(Op.SUB, i);
      case ADDX2 -> rst(Op.ADDX2, i);
      case ADDX4 -> rst(Op.ADDX4, i);
      case ADDX8 -> rst(Op.ADDX8, i);
      case SUBX2 -> rst(Op.SUBX2, i);
      case SUBX4 -> rst(Op.SUBX4, i);
      case SUBX8 -> rst(Op.SUBX8, i);
      case AND -> rst(Op.AND, i);
      case OR -> i.b() == i.c() ? Op.word(Op.MOV, i.a(), i.b(), 0, 0, 0) : rst(Op.OR, i);
      case XOR -> rst(Op.XOR, i);
      case NEG -> rt(Op.NEG, i);
      case ABS -> rt(Op.ABS, i);
      case ADDI, ADDMI, ADDI_N -> Op.word(Op.ADDI, i.a(), i.b(), 0, 0, i.c());
      case MOVI, MOVI_N -> Op.word(Op.MOVI, i.a(), 0, 0, 0, i.b());
      case MOV_N -> rs(Op.MOV, i);
      case MOVEQZ -> rst(Op.MOVEQZ, i);
      case MOVNEZ -> rst(Op.MOVNEZ, i);
      case MOVLTZ -> rst(Op.MOVLTZ, i);
      case MOVGEZ -> rst(Op.MOVGEZ, i);
      case EXTUI -> Op.word(Op.EXTUI, i.a(), 0, i.b(), i.c(), (1 << i.d()) - 1);
      case NOP, NOP_N, MEMW, EXTW, ISYNC, RSYNC, ESYNC, DSYNC, EXCW -> plain(Op.NOP);
      default -> lowerShift(i);
    };
  }

  private static long lowerShift(Instruction i) {
    return switch (i.opcode()) {
      case SSR -> Op.word(Op.SSR, 0, i.a(), 0, 0, 0);
      case SSL -> Op.word(Op.SSL, 0, i.a(), 0, 0, 0);
      case SSA8L -> Op.word(Op.SSA8L, 0, i.a(), 0, 0, 0);
      case SSA8B -> Op.word(Op.SSA8B, 0, i.a(), 0, 0, 0);
      case SSAI -> Op.word(Op.SSAI, 0, 0, 0, i.a(), 0);
      case SLL -> rs(Op.SLL, i);
      case SRC -> rst(Op.SRC, i);
      case SRL -> rt(Op.SRL, i);
      case SRA -> rt(Op.SRA, i);
      case SLLI -> Op.word(Op.SLLI, i.a(), i.b(), 0, i.c(), 0);
      case SRAI -> Op.word(Op.SRAI, i.a(), 0, i.b(), i.c(), 0);
      case SRLI -> Op.word(Op.SRLI, i.a(), 0, i.b(), i.c(), 0);
      default -> lowerAccess(i);
    };
  }

  private static long lowerAccess(Instruction i) {
    return switch (i.opcode()) {
      case L8UI -> access(Op.L8UI, i);
      case L16UI -> access(Op.L16UI, i);
      case L16SI -> access(Op.L16SI, i);
      case L32I, L32I_N, L32AI, L32E -> access(Op.L32I, i);
      case L32R -> Op.word(Op.L32R, 0, 0, i.a(), 0, i.b());
      case S8I -> access(Op.S8I, i);
      case S16I -> access(Op.S16I, i);
      case S32I, S32I_N, S32RI, S32E, S32NB -> access(Op.S32I, i);
      default -> lowerFunction(i);
    };
  }

  private static long lowerFunction(Instruction i) {
    return switch (i.opcode()) {
      case MIN -> rst(Op.MIN, i);
      case MAX -> rst(Op.MAX, i);
      case MINU -> rst(Op.MINU, i);
      case MAXU -> rst(Op.MAXU, i);
      case MULL -> rst(Op.MULL, i);
      case MULUH -> rst(Op.MULUH, i);
      case MULSH -> rst(Op.MULSH, i);
      case MUL16U -> rst(Op.MUL16U, i);
      case MUL16S -> rst(Op.MUL16S, i);
      case QUOU -> rst(Op.QUOU, i);
      case QUOS -> rst(Op.QUOS, i);
      case REMU -> rst(Op.REMU, i);
      case REMS -> rst(Op.REMS, i);
      case SEXT -> Op.word(Op.SEXT, i.a(), i.b(), 0, 31 - i.c(), 0);
      case CLAMPS -> Op.word(Op.CLAMPS, i.a(), i.b(), 0, i.c(), 0);
      case NSA -> rs(Op.NSA, i);
      case NSAU -> rs(Op.NSAU, i);
      default -> lowerControl(i);
    };
  }

  private static long lowerControl(Instruction i) {
    return switch (i.opcode()) {
      case BEQZ, BEQZ_N -> branchZero(Op.BEQZ, i);
      case BNEZ, BNEZ_N -> branchZero(Op.BNEZ, i);
      case BGEZ -> branchZero(Op.BGEZ, i);
      case BLTZ -> branchZero(Op.BLTZ, i);
      case BEQ -> branch(Op.BEQ, i);
      case BNE -> branch(Op.BNE, i);
      case BGE -> branch(Op.BGE, i);
      case BLT -> branch(Op.BLT, i);
      case BGEU -> branch(Op.BGEU, i);
      case BLTU -> branch(Op.BLTU, i);
      case BANY -> branch(Op.BANY, i);
      case BNONE -> branch(Op.BNONE, i);
      case BALL -> branch(Op.BALL, i);
      case BNALL -> branch(Op.BNALL, i);
      case BBC -> branch(Op.BBC, i);
      case BBS -> branch(Op.BBS, i);
      case BEQI -> branchConstant(Op.BEQI, i);
      case BNEI -> branchConstant(Op.BNEI, i);
      case BGEI -> branchConstant(Op.BGEI, i);
      case BLTI -> branchConstant(Op.BLTI, i);
      case BGEUI -> branchConstant(Op.BGEUI, i);
      case BLTUI -> branchConstant(Op.BLTUI, i);
      case BBCI -> branchBit(Op.BBCI, i);
      case BBSI -> branchBit(Op.BBSI, i);
      case J -> plain(Op.J);
      case JX -> Op.word(Op.JX, 0, i.a(), 0, 0, 0);
      case RET, RET_N -> Op.word(Op.JX, 0, 0, 0, 0, 0);
      case CALL0 -> plain(Op.CALL0);
      case CALLX0 -> Op.word(Op.CALLX0, 0, i.a(), 0, 0, 0);
      case LOOP -> branchZero(Op.LOOP, i);
      case LOOPNEZ -> branchZero(Op.LOOPNEZ, i);
      case LOOPGTZ -> branchZero(Op.LOOPGTZ, i);
      default -> plain(endsBlock(i.opcode()) ? Op.UNIT_END : Op.UNIT);
    };
  }

  /** Whether what follows such an instruction in memory may not be what runs next. */
  static boolean endsBlock(Opcode opcode) {
    return switch (opcode) {
      case WSR, XSR, RSIL, WAITI, ENTRY, ROTW, SIMCALL, WER -> true;
      default -> opcode.flow() != Flow.NEXT;
    };
  }

  /** What an instruction needs, in the bits of {@link State#blocked}. */
  static int needs(Instruction i) {
    Opcode opcode = i.opcode();
    int highest = 0;
    boolean isFloat = opcode.option() == Option.FLOAT;
    for (int n = 0; n < opcode.operands().size(); n++) {
      if (opcode.operands().get(n).kind() == Operand.Kind.ADDRESS) {
        highest = Math.max(highest, i.operand(n));
      }
    }
    highest =
        switch (opcode) {
          case CALL4, CALLX4 -> Math.max(highest, 4);
          case CALL8, CALLX8 -> Math.max(highest, 8);
          case CALL12, CALLX12 -> Math.max(highest, 12);
          default -> highest;
        };
    int quads = highest < 4 ? 0 : 1 << (highest >>> 2) - 1;
    return quads | (isFloat ? State.NEEDS_FLOAT : 0);
  }

  private static long rst(int op, Instruction i) {
    return Op.word(op, i.a(), i.b(), i.c(), 0, 0);
  }

  private static long rs(int op, Instruction i) {
    return Op.word(op, i.a(), i.b(), 0, 0, 0);
  }

  private static long rt(int op, Instruction i) {
    return Op.word(op, i.a(), 0, i.b(), 0, 0);
  }

  /** Register, base, offset. */
  private static long access(int op, Instruction i) {
    return Op.word(op, 0, i.b(), i.a(), 0, i.c());
  }

  private static long branchZero(int op, Instruction i) {
    return Op.word(op, 0, i.a(), 0, 0, 0);
  }

  private static long branch(int op, Instruction i) {
    return Op.word(op, 0, i.a(), i.b(), 0, 0);
  }

  private static long branchConstant(int op, Instruction i) {
    return Op.word(op, 0, i.a(), 0, 0, i.b());
  }

  /** The immediate is the bit as a mask. */
  private static long branchBit(int op, Instruction i) {
    return Op.word(op, 0, i.a(), 0, 0, 1 << i.b());
  }

  private static long plain(int op) {
    return Op.word(op, 0, 0, 0, 0, 0);
  }
}
