// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import mirage.backend.ir.Cfg;
import mirage.backend.ir.Function;
import mirage.backend.ir.Parse;
import org.junit.jupiter.api.Test;

class AddressesTest {
  @Test
  void whatIsAccessedAndMadeOfAValue() {
    assertThat(
            used(
                """
                function f arity 2
                b0[v0, v1]:
                  w2 = w_addi [4] v0
                  w3 = w_sari [1] v1
                  w4 = w_addx4 w3, w2
                  v5 = w_load [0] w4
                  w6 = w_addi [8] v0
                  return v5
                """))
        .containsExactly(2, 4);
  }

  /** A number that came from a value, and the index of an item, are none. */
  @Test
  void noNumbers() {
    assertThat(
            used(
                """
                function f arity 2
                b0[v0, v1]:
                  w2 = w_sari [1] v1
                  w3 = w_addi [4] w2
                  w4 = w_load8 [0] w3
                  w5 = w_addi [-1] v1
                  v6 = w_load [0] v0
                  return v6
                """))
        .isEmpty();
  }

  @Test
  void theDataOfABigArrayAndWhatMayBeIt() {
    assertThat(
            used(
                """
                function f arity 2
                b0[v0, v1]:
                  w2 = w_ba_data [4] v0
                  w3 = w_const [0]
                  w4 = w_if_zero w3, w2, w3
                  w5 = w_load32 [0] w4
                  return v1
                """))
        .containsExactly(2, 4);
  }

  /** In the first turn w4 is a number; that it may be an address is known only when w6 has been looked at, which is made of w4. */
  @Test
  void parametersThatAreMadeOfEachOther() {
    assertThat(
            used(
                """
                function f arity 2
                b0[v0, v1]:
                  w2 = w_const [1024]
                  jump b1(w2)
                b1[w4]:
                  compare EQ [v0, v1] ? b2() : b3(w4)
                b2[]:
                  w5 = w_addi [4] v0
                  jump b3(w5)
                b3[w6]:
                  v7 = w_load [0] w6
                  compare EQ [v7, v1] ? b4() : b1(w6)
                b4[]:
                  return v7
                """))
        .containsExactly(4, 5, 6);
  }

  /** Along a chain of parameters each way back to the address is longer than the one before. */
  @Test
  void parametersInALongCircle() {
    assertThat(
            used(
                """
                function f arity 2
                b0[v0, v1]:
                  w2 = w_const [1024]
                  jump b1(w2, w2, w2)
                b1[w4, w5, w6]:
                  v7 = w_load [0] w4
                  compare EQ [v7, v1] ? b2() : b3()
                b2[]:
                  return v7
                b3[]:
                  w8 = w_addi [8] v0
                  jump b1(w5, w6, w8)
                """))
        .containsExactly(4, 5, 6, 8);
  }

  /** Before it is known what a word is used for, all that may become an address counts. */
  @Test
  void whatMayPointIntoABlock() {
    assertThat(
            pointing(
                """
                function f arity 2
                b0[v0, v1]:
                  w2 = w_addi [4] v0
                  w3 = w_addi [-1] v1
                  v4 = w_addi [4] v1
                  w5 = w_addx2 w3, v0
                  w6 = w_addx4 w3, w2
                  w7 = w_const [3]
                  w8 = w_if_zero w2, w6, w3
                  w9 = w_add w3, v0
                  w10 = w_add w3, w7
                  w11 = w_sub v0, w7
                  w12 = w_sub w3, w7
                  w13 = w_and w3, v0
                  w_store [0] v0, v1
                  return v4
                """))
        .containsExactly("w2", "w5", "w6", "w8", "w9", "w11");
  }

  private static List<String> pointing(String text) {
    Function function = Parse.program(text).main();
    Cfg cfg = new Cfg(function);
    Addresses addresses = Addresses.of(cfg, Definitions.of(cfg));
    return function.entry().body().stream()
        .filter(addresses::pointsInside)
        .map(instr -> instr.dest().toString())
        .toList();
  }

  private static List<Integer> used(String text) {
    Function function = Parse.program(text).main();
    Cfg cfg = new Cfg(function);
    return Addresses.of(cfg, Definitions.of(cfg)).used().stream().boxed().toList();
  }
}
