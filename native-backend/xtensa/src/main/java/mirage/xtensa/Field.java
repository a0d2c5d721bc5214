// SPDX-License-Identifier: Apache-2.0
package mirage.xtensa;

/**
 * A bit field of an instruction word, in the little-endian layout of the Xtensa ISA Reference
 * Manual, section 7.2. A field is one or two runs of bits; the first run holds the higher bits.
 */
enum Field {
  R(12, 4),
  S(8, 4),
  T(4, 4),
  OP2(20, 4),
  IMM6(4, 2, 12, 4),
  IMM7(4, 3, 12, 4),
  IMM8(16, 8),
  IMM12(12, 12),
  IMM12B(8, 4, 16, 8),
  IMM16(8, 16),
  OFFSET(6, 18),
  SR(8, 8),
  ST(4, 8),
  BBI(12, 1, 4, 4),
  SAE(16, 1, 8, 4),
  SAL(20, 1, 4, 4),
  SARGT(20, 1, 8, 4),
  SAS(4, 1, 8, 4),
  BITINDEX(8, 1, 4, 4),
  S4(10, 2),
  S8(11, 1),
  W(12, 2),
  X(14, 1),
  Y(6, 1);

  private final int highShift;
  private final int highWidth;
  private final int lowShift;
  private final int lowWidth;

  Field(int shift, int width) {
    this(shift, 0, shift, width);
  }

  Field(int highShift, int highWidth, int lowShift, int lowWidth) {
    this.highShift = highShift;
    this.highWidth = highWidth;
    this.lowShift = lowShift;
    this.lowWidth = lowWidth;
  }

  int width() {
    return highWidth + lowWidth;
  }

  int extract(int word) {
    int high = word >>> highShift & ones(highWidth);
    int low = word >>> lowShift & ones(lowWidth);
    return high << lowWidth | low;
  }

  /** The bits of a word that hold {@code value} in this field, all others zero. */
  int deposit(int value) {
    int high = value >>> lowWidth & ones(highWidth);
    return high << highShift | (value & ones(lowWidth)) << lowShift;
  }

  int mask() {
    return deposit(-1);
  }

  private static int ones(int width) {
    return (1 << width) - 1;
  }
}
