// SPDX-License-Identifier: Apache-2.0
package mirage.xtensa;

import static mirage.xtensa.Coding.oneOf;
import static mirage.xtensa.Coding.signed;
import static mirage.xtensa.Coding.unsigned;

/**
 * The kinds of operand: which bits hold one, and how its value (a register number, an immediate, an
 * absolute address) follows from these bits.
 */
public enum Operand {
  /** Address registers a0-a15. */
  AR(Kind.ADDRESS, Field.R),
  AS(Kind.ADDRESS, Field.S),
  AT(Kind.ADDRESS, Field.T),
  /** Floating-point registers f0-f15. */
  FR(Kind.FLOAT, Field.R),
  FS(Kind.FLOAT, Field.S),
  FT(Kind.FLOAT, Field.T),
  /** Boolean registers b0-b15; BS4 and BS8 name the first of four or eight. */
  BR(Kind.BOOLEAN, Field.R),
  BS(Kind.BOOLEAN, Field.S),
  BT(Kind.BOOLEAN, Field.T),
  BS4(Kind.BOOLEAN, Field.S4, unsigned(4, 0)),
  BS8(Kind.BOOLEAN, Field.S8, unsigned(8, 0)),
  /** MAC16 registers: any of m0-m3, one of m0 and m1, one of m2 and m3. */
  MW(Kind.MAC, Field.W),
  MX(Kind.MAC, Field.X),
  MY(Kind.MAC, Field.Y, unsigned(1, 2)),
  /** Special and user registers, by number. */
  SR(Kind.SPECIAL, Field.SR),
  UR_READ(Kind.USER, Field.ST),
  UR_WRITE(Kind.USER, Field.SR),

  /** Immediates that are their field. */
  UIMM4_S(Kind.IMMEDIATE, Field.S),
  UIMM4_T(Kind.IMMEDIATE, Field.T),
  BBI(Kind.IMMEDIATE, Field.BBI),
  SAE(Kind.IMMEDIATE, Field.SAE),
  SAS(Kind.IMMEDIATE, Field.SAS),
  SARGT(Kind.IMMEDIATE, Field.SARGT),
  BITINDEX(Kind.IMMEDIATE, Field.BITINDEX),
  UIMM8(Kind.IMMEDIATE, Field.IMM8),
  /** Width of {@code extui}: 1-16. */
  OP2P1(Kind.IMMEDIATE, Field.OP2, unsigned(1, 1)),
  /** Left shift: 1-31, stored as 32 minus the amount. */
  SAL(Kind.IMMEDIATE, Field.SAL, unsigned(-1, 32)),
  /** Sign bit of {@code sext} and {@code clamps}: 7-22. */
  TP7(Kind.IMMEDIATE, Field.T, unsigned(1, 7)),
  /** Rotation of {@code rotw}: -8 to 7. */
  SIMM4(Kind.IMMEDIATE, Field.T, signed(1, 0)),
  SIMM8(Kind.IMMEDIATE, Field.IMM8, signed(1, 0)),
  SIMM12(Kind.IMMEDIATE, Field.IMM12B, signed(1, 0)),
  SIMM8X256(Kind.IMMEDIATE, Field.IMM8, signed(256, 0)),
  UIMM4X4(Kind.IMMEDIATE, Field.R, unsigned(4, 0)),
  UIMM8X2(Kind.IMMEDIATE, Field.IMM8, unsigned(2, 0)),
  UIMM8X4(Kind.IMMEDIATE, Field.IMM8, unsigned(4, 0)),
  UIMM12X8(Kind.IMMEDIATE, Field.IMM12, unsigned(8, 0)),
  /** Offset of {@code l32e} and {@code s32e}: -64 to -4. */
  NIMM4X4(Kind.IMMEDIATE, Field.R, unsigned(4, -64)),
  /** {@code movi.n}: -32 to 95. */
  SIMM7(Kind.IMMEDIATE, Field.IMM7, oneOf(simm7())),
  /** {@code addi.n}: -1, 1 to 15. */
  AI4CONST(Kind.IMMEDIATE, Field.T, oneOf(-1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)),
  B4CONST(Kind.IMMEDIATE, Field.R, oneOf(-1, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 32, 64, 128, 256)),
  B4CONSTU(
      Kind.IMMEDIATE,
      Field.R,
      oneOf(32768, 65536, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 32, 64, 128, 256)),

  /** Absolute addresses, stored relative to the instruction's own. */
  ULABEL6(Kind.LABEL, Field.IMM6, unsigned(1, 4)),
  LABEL8(Kind.LABEL, Field.IMM8, signed(1, 4)),
  ULABEL8(Kind.LABEL, Field.IMM8, unsigned(1, 4)),
  LABEL12(Kind.LABEL, Field.IMM12, signed(1, 4)),
  LABEL18(Kind.LABEL, Field.OFFSET, signed(1, 4)),
  /** Call target: a multiple of 4, relative to the word the call starts in. */
  CALL18X4(Kind.LABEL, Field.OFFSET, signed(4, 4)) {
    @Override
    int base(int address) {
      return address & ~3;
    }
  },
  /** Literal: a multiple of 4, up to 256 KB before the instruction. */
  LITERAL16(Kind.LABEL, Field.IMM16, unsigned(4, -(1 << 18))) {
    @Override
    int base(int address) {
      return address + 3 & ~3;
    }
  };

  /** What an operand's value means. */
  public enum Kind {
    ADDRESS,
    FLOAT,
    BOOLEAN,
    MAC,
    SPECIAL,
    USER,
    IMMEDIATE,
    LABEL
  }

  private final Kind kind;
  private final Field field;
  private final Coding coding;

  Operand(Kind kind, Field field) {
    this(kind, field, unsigned(1, 0));
  }

  Operand(Kind kind, Field field, Coding coding) {
    this.kind = kind;
    this.field = field;
    this.coding = coding;
  }

  public Kind kind() {
    return kind;
  }

  /** The bits this operand occupies. */
  public int mask() {
    return field.mask();
  }

  /** Whether {@code value} can be stored by an instruction at {@code address}. */
  public boolean accepts(int value, int address) {
    return raw(value, address) >= 0;
  }

  /** The values accepted by an instruction at {@code address}, in words for a message. */
  public String allowed(int address) {
    return kind != Kind.LABEL
        ? coding.allowed(field.width())
        : String.format("0x%08x plus ", base(address)) + coding.allowed(field.width());
  }

  int decode(int word, int address) {
    int value = coding.decode(field.extract(word), field.width());
    return kind == Kind.LABEL ? base(address) + value : value;
  }

  /** The word's bits for {@code value}; the caller has asked {@link #accepts}. */
  int encode(int value, int address) {
    return field.deposit(raw(value, address));
  }

  /** What a label's distance is counted from, for an instruction at {@code address}. */
  int base(int address) {
    return address;
  }

  private int raw(int value, int address) {
    int stored = kind == Kind.LABEL ? value - base(address) : value;
    return coding.encode(stored, field.width());
  }

  private static int[] simm7() {
    int[] values = new int[128];
    for (int raw = 0; raw < values.length; raw++) {
      values[raw] = raw < 96 ? raw : raw - 128;
    }
    return values;
  }
}
