// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

/**
 * The operations the interpreter runs itself, as dense numbers so that their {@code switch} is a
 * jump table. {@link Lowering} says which rows of the instruction table become which operation; all
 * rows it does not name become UNIT, or UNIT_END if they can change where control goes.
 *
 * <p>Operations of a kind stand together, in this order: sums, moves and shifts; loads, stores and divisions, which may
 * raise an exception; other functions; branches; what else ends a block or is left to a unit.
 *
 * <p>An operation word holds the operation in bits 0-7, register numbers r, s and t in bits 8-11,
 * 12-15 and 16-19, a small number k in bits 20-31 and an immediate in bits 32-63.
 */
final class Op {
  static final int ADD = 0;
  static final int SUB = 1;
  static final int ADDX2 = 2;
  static final int ADDX4 = 3;
  static final int ADDX8 = 4;
  static final int SUBX2 = 5;
  static final int SUBX4 = 6;
  static final int SUBX8 = 7;
  static final int AND = 8;
  static final int OR = 9;
  static final int XOR = 10;
  static final int NEG = 11;
  static final int ABS = 12;
  static final int ADDI = 13;
  static final int MOVI = 14;
  static final int MOV = 15;

  static final int MOVEQZ = 16;
  static final int MOVNEZ = 17;
  static final int MOVLTZ = 18;
  static final int MOVGEZ = 19;
  static final int EXTUI = 20;
  static final int NOP = 21;

  static final int SSR = 22;
  static final int SSL = 23;
  static final int SSA8L = 24;
  static final int SSA8B = 25;
  static final int SSAI = 26;
  static final int SLL = 27;
  static final int SRC = 28;
  static final int SRL = 29;
  static final int SRA = 30;
  static final int SLLI = 31;
  static final int SRAI = 32;
  static final int SRLI = 33;

  static final int L8UI = 34;
  static final int L16UI = 35;
  static final int L16SI = 36;
  static final int L32I = 37;
  static final int L32R = 38;
  static final int S8I = 39;
  static final int S16I = 40;
  static final int S32I = 41;

  static final int QUOU = 42;
  static final int QUOS = 43;
  static final int REMU = 44;
  static final int REMS = 45;

  static final int MIN = 46;
  static final int MAX = 47;
  static final int MINU = 48;
  static final int MAXU = 49;
  static final int MULL = 50;
  static final int MULUH = 51;
  static final int MULSH = 52;
  static final int MUL16U = 53;
  static final int MUL16S = 54;
  static final int SEXT = 55;
  static final int CLAMPS = 56;
  static final int NSA = 57;
  static final int NSAU = 58;

  static final int BEQZ = 59;
  static final int BNEZ = 60;
  static final int BGEZ = 61;
  static final int BLTZ = 62;
  static final int BEQ = 63;
  static final int BNE = 64;
  static final int BGE = 65;
  static final int BLT = 66;
  static final int BGEU = 67;
  static final int BLTU = 68;
  static final int BANY = 69;
  static final int BNONE = 70;
  static final int BALL = 71;
  static final int BNALL = 72;
  static final int BBC = 73;
  static final int BBS = 74;

  static final int BEQI = 75;
  static final int BNEI = 76;
  static final int BGEI = 77;
  static final int BLTI = 78;
  static final int BGEUI = 79;
  static final int BLTUI = 80;
  static final int BBCI = 81;
  static final int BBSI = 82;

  static final int J = 83;
  static final int JX = 84;
  static final int CALL0 = 85;
  static final int CALLX0 = 86;
  static final int LOOP = 87;
  static final int LOOPNEZ = 88;
  static final int LOOPGTZ = 89;

  static final int UNIT = 90;
  static final int UNIT_END = 91;
  static final int END = 92;

  private Op() {}

  static long word(int op, int r, int s, int t, int k, int immediate) {
    int low = op | r << 8 | s << 12 | t << 16 | k << 20;
    return low & 0xffffffffL | (long) immediate << 32;
  }

  static int op(long word) {
    return (int) word & 0xff;
  }

  static int r(long word) {
    return (int) word >>> 8 & 15;
  }

  static int s(long word) {
    return (int) word >>> 12 & 15;
  }

  static int t(long word) {
    return (int) word >>> 16 & 15;
  }

  static int k(long word) {
    return (int) word >>> 20;
  }

  static int immediate(long word) {
    return (int) (word >>> 32);
  }
}
