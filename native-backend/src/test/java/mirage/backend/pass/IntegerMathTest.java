// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import mirage.backend.ir.Op;
import org.junit.jupiter.api.Test;

/** Integers of 31 bits, at the ends of their range. */
class IntegerMathTest {
  private static final int LEAST = -(1 << 30);
  private static final int MOST = (1 << 30) - 1;

  @Test
  void goesRound() {
    assertThat(IntegerMath.evaluate(Op.ADD, MOST, 1)).isEqualTo(LEAST);
    assertThat(IntegerMath.evaluate(Op.SUB, LEAST, 1)).isEqualTo(MOST);
    assertThat(IntegerMath.evaluate(Op.NEG, LEAST, 0)).isEqualTo(LEAST);
    assertThat(IntegerMath.evaluate(Op.MUL, 1 << 20, 1 << 10)).isEqualTo(LEAST);
    assertThat(IntegerMath.evaluate(Op.DIV, LEAST, -1)).isEqualTo(LEAST);
    assertThat(IntegerMath.evaluate(Op.MOD, LEAST, -1)).isZero();
    assertThat(IntegerMath.evaluate(Op.LSL, 1, 30)).isEqualTo(LEAST);
  }

  @Test
  void shiftsOfThirtyOneBits() {
    assertThat(IntegerMath.evaluate(Op.LSR, -1, 0)).isEqualTo(-1);
    assertThat(IntegerMath.evaluate(Op.LSR, -1, 1)).isEqualTo(MOST);
    assertThat(IntegerMath.evaluate(Op.LSR, -1, 30)).isEqualTo(1);
    assertThat(IntegerMath.evaluate(Op.ASR, LEAST, 30)).isEqualTo(-1);
    assertThat(IntegerMath.evaluate(Op.ASR, LEAST, 0)).isEqualTo(LEAST);
    assertThat(IntegerMath.evaluate(Op.LSL, 5, 0)).isEqualTo(5);
  }

  @Test
  void roundsToZero() {
    assertThat(IntegerMath.evaluate(Op.DIV, -7, 2)).isEqualTo(-3);
    assertThat(IntegerMath.evaluate(Op.MOD, -7, 2)).isEqualTo(-1);
  }

  /** Those are the processor's business, or an exception. */
  @Test
  void whatIsNotDefinedIsNotKnown() {
    for (Op shift : List.of(Op.LSL, Op.LSR, Op.ASR)) {
      assertThat(IntegerMath.evaluate(shift, 1, -1)).isNull();
      assertThat(IntegerMath.evaluate(shift, 1, 31)).isNull();
    }
    assertThat(IntegerMath.evaluate(Op.DIV, 1, 0)).isNull();
    assertThat(IntegerMath.evaluate(Op.MOD, 1, 0)).isNull();
    assertThat(IntegerMath.evaluate(Op.FIELD, 1, 1)).isNull();
  }
}
