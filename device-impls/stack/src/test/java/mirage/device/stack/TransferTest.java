// SPDX-License-Identifier: Apache-2.0
package mirage.device.stack;

import static org.assertj.core.api.Assertions.assertThat;

import mirage.device.testkit.HostProgram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All bytes arrive in order over wires that lose, double, reorder and damage frames. */
class TransferTest {
  private static HostProgram program;

  @BeforeAll
  static void compile() {
    program = Programs.compile("transfer");
  }

  @ParameterizedTest(name = "loss {0}, duplication {1}, reordering {2}, damage {3}, delay {4} ms")
  @CsvSource({
    "0, 0, 0, 0, 0",
    "0, 0, 0, 0, 100",
    "50, 0, 0, 0, 50",
    "0, 200, 0, 0, 10",
    "0, 0, 300, 0, 10",
    "0, 0, 0, 50, 1",
    "100, 100, 100, 20, 20"
  })
  void bytesAreRightAndNothingIsLeft(
      int loss, int duplication, int reordering, int damage, int delay) {
    for (int seed = 1; seed <= 5; seed++) {
      String[] arguments = {
        "" + seed, "" + loss, "" + duplication, "" + reordering, "" + damage, "" + delay
      };
      assertThat(program.output(arguments)).as("seed %d", seed).isEqualTo("true true, left 0 0\n");
    }
  }
}
