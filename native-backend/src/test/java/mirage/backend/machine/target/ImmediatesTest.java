// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import mirage.backend.ir.Condition.Test;
import mirage.xtensa.Opcode;

/** What the compiler takes for an immediate operand is what the instruction has room for. */
class ImmediatesTest {
  private static final int LEAST = -40_000;
  private static final int MOST = 70_000;

  @org.junit.jupiter.api.Test
  void numbersToAddAndToLoad() {
    assertThat(accepted(Immediates::addi)).isEqualTo(fitting(Opcode.ADDI, 2));
    assertThat(accepted(Immediates::movi)).isEqualTo(fitting(Opcode.MOVI, 1));
    assertThat(accepted(n -> n >= 0 && n % 4 == 0 && n <= Immediates.WORD_REACH))
        .isEqualTo(fitting(Opcode.L32I, 2));
  }

  /** ADDMI adds a multiple of 256, and ADDI the rest, which is signed. */
  @org.junit.jupiter.api.Test
  void numbersToAddInTwoSteps() {
    assertThat(accepted(Immediates::addmi))
        .isEqualTo(accepted(n -> Opcode.ADDMI.operands().get(2).accepts(n - (byte) n, 0)));
  }

  @org.junit.jupiter.api.Test
  void numbersToCompareWith() {
    for (Test test : List.of(Test.EQ, Test.NE)) {
      // Zero has an instruction of its own.
      assertThat(accepted(n -> n != 0 && Immediates.compares(test, n)))
          .isEqualTo(fitting(test == Test.EQ ? Opcode.BEQI : Opcode.BNEI, 1));
      assertThat(Immediates.compares(test, 0)).isTrue();
    }
    assertThat(accepted(n -> n != 0 && Immediates.compares(Test.LT, n)))
        .isEqualTo(fitting(Opcode.BLTI, 1));
    assertThat(Immediates.compares(Test.GE, 0)).isTrue();
    assertThat(accepted(n -> Immediates.compares(Test.LTU, n))).isEqualTo(fitting(Opcode.BLTUI, 1));
    assertThat(accepted(n -> Immediates.compares(Test.GEU, n))).isEqualTo(fitting(Opcode.BGEUI, 1));
  }

  private static List<Integer> fitting(Opcode opcode, int operand) {
    return accepted(number -> opcode.operands().get(operand).accepts(number, 0));
  }

  private static List<Integer> accepted(IntPredicate fits) {
    return IntStream.rangeClosed(LEAST, MOST).filter(fits).boxed().toList();
  }
}
