// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

/** A condition on two words, or on a word and a number. */
public record Condition(Test test, Integer number) implements Immediate {
  /** How the words are compared. */
  public enum Test {
    EQ,
    NE,
    LT,
    GE,
    LTU,
    GEU,
    /** Bit {@code number} is set. */
    BIT_SET,
    /** Bit {@code number} is clear. */
    BIT_CLEAR;

    /** The opposite. */
    public Test not() {
      return switch (this) {
        case EQ -> NE;
        case NE -> EQ;
        case LT -> GE;
        case GE -> LT;
        case LTU -> GEU;
        case GEU -> LTU;
        case BIT_SET -> BIT_CLEAR;
        case BIT_CLEAR -> BIT_SET;
      };
    }
  }

  /** On two words. */
  public static Condition of(Test test) {
    return new Condition(test, null);
  }

  /** On a word and a number. */
  public static Condition of(Test test, int number) {
    return new Condition(test, number);
  }

  public Condition not() {
    return new Condition(test.not(), number);
  }

  @Override
  public String toString() {
    return number == null ? test.toString() : test + " " + number;
  }
}
