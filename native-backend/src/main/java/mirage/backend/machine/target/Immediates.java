// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.target;

import java.util.Set;
import mirage.backend.ir.Condition.Test;

/** Numbers that fit into instructions (Xtensa ISA manual, tables of B4CONST and B4CONSTU). */
public final class Immediates {
  private static final Set<Integer> B4CONST =
      Set.of(-1, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 32, 64, 128, 256);
  private static final Set<Integer> B4CONSTU =
      Set.of(32768, 65536, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 32, 64, 128, 256);

  /** Largest offset of a load or store of a word. */
  public static final int WORD_REACH = 1020;

  private Immediates() {}

  /** Whether a branch can compare a word with the number. */
  public static boolean compares(Test test, int number) {
    return switch (test) {
      case EQ, NE, LT, GE -> B4CONST.contains(number) || number == 0;
      case LTU, GEU -> B4CONSTU.contains(number);
      case BIT_SET, BIT_CLEAR -> true;
    };
  }

  public static boolean addi(int number) {
    return number >= -128 && number <= 127;
  }

  /** Reachable with ADDMI and ADDI. */
  public static boolean addmi(int number) {
    return number >= -32768 - 128 && number <= 32512 + 127;
  }

  public static boolean movi(int number) {
    return number >= -2048 && number <= 2047;
  }
}
