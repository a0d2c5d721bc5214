// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

/** Integer operations that Java has no operator for, as pure functions (ISA manual, chapter 6). */
final class Semantics {
  private static final long LOW = 0xffffffffL;

  private Semantics() {}

  /** {@code sll}: SAR holds 32 minus the amount; beyond 32 nothing is left. */
  static int sll(int s, int sar) {
    return (int) ((long) s << 32 - sar);
  }

  /** {@code slli}: an amount of 32 shifts everything out. */
  static int slli(int s, int amount) {
    return (int) ((long) s << amount);
  }

  static int srl(int t, int sar) {
    return (int) ((t & LOW) >>> sar);
  }

  static int sra(int t, int sar) {
    return (int) ((long) t >> sar);
  }

  /** The 32 bits of s:t from bit SAR up. */
  static int src(int s, int t, int sar) {
    return (int) (((long) s << 32 | t & LOW) >>> sar);
  }

  static int minu(int s, int t) {
    return Integer.compareUnsigned(s, t) < 0 ? s : t;
  }

  static int maxu(int s, int t) {
    return Integer.compareUnsigned(s, t) < 0 ? t : s;
  }

  static int muluh(int s, int t) {
    return (int) ((s & LOW) * (t & LOW) >>> 32);
  }

  static int mulsh(int s, int t) {
    return (int) ((long) s * t >> 32);
  }

  /** A divisor that is not zero. */
  static int divisor(int t) {
    if (t == 0) {
      throw new GuestException(Cause.INTEGER_DIVIDE_BY_ZERO);
    }
    return t;
  }

  /** Limits {@code s} to {@code bit} bits and a sign. */
  static int clamps(int s, int bit) {
    int limit = 1 << bit;
    return Math.max(-limit, Math.min(limit - 1, s));
  }

  /** How far {@code s} can be shifted left without losing its sign. */
  static int nsa(int s) {
    return Integer.numberOfLeadingZeros(s ^ s >> 31) - 1;
  }
}
