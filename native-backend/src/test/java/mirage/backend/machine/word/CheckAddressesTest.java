// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.word;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import mirage.backend.ir.Function;
import mirage.backend.ir.Parse;
import org.junit.jupiter.api.Test;

class CheckAddressesTest {
  @Test
  void anItemsAddressIsNotNeededBehindACall() {
    refused(
        """
        function f arity 2
        b0[v0, v1]:
          w2 = w_addx2 v1, v0
          v3 = w_call [g] v1
          v4 = w_load [0] w2
          return v4
        """,
        "address w2 is needed after v3 = w_call [g] v1");
    accepted(
        """
        function f arity 2
        b0[v0, v1]:
          w2 = w_addx2 v1, v0
          v4 = w_load [0] w2
          v3 = w_call [g] v1
          return v4
        """);
  }

  @Test
  void norWhereABlockIsMade() {
    refused(
        """
        function f arity 2
        b0[v0, v1]:
          w2 = w_addi [4] v0
          v3 = w_alloc [1024]
          w_store [0] w2, v3
          return v3
        """,
        "address w2");
  }

  /** A word that a word is added to is a number, whatever is made of it. */
  @Test
  void numbersAreNoAddresses() {
    accepted(
        """
        function f arity 2
        b0[v0, v1]:
          w2 = w_sari [1] v1
          w5 = w_addi [4] w2
          v3 = w_call [g] v1
          w4 = w_add w5, v0
          v6 = w_load [0] w4
          return v6
        """);
  }

  /** The exception of a failed check is made in the heap, before the handler begins. */
  @Test
  void aHandlerNeedsNoneFromBeforeACheck() {
    String function =
        """
        function f arity 2
        b0[v0, v1]:
          w2 = w_addi [4] v0
          trap b1() handler b2
        b1[]:
          w_check_bound v0, v1
          pop_trap
          return v1
        b2[v3]:
          v4 = w_load [0] %s
          return v4
        """;
    refused(function.formatted("w2"), "address w2 is needed after w_check_bound v0, v1");
    accepted(function.formatted("v0"));
  }

  /** What is an address from the second turn on is one. */
  @Test
  void norInTheNextTurnOfALoop() {
    refused(
        """
        function f arity 2
        b0[v0, v1]:
          w2 = w_const [1024]
          jump b1(w2)
        b1[w4]:
          v3 = w_call [g] v1
          compare EQ [v3, v1] ? b2() : b3(w4)
        b2[]:
          w5 = w_addi [4] v0
          jump b3(w5)
        b3[w6]:
          v7 = w_load [0] w6
          compare EQ [v7, v1] ? b4() : b1(w6)
        b4[]:
          return v7
        """,
        "address w4 is needed after v3 = w_call [g] v1");
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> CheckAddresses.function(function(text)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(message);
  }

  private static void accepted(String text) {
    assertThatCode(() -> CheckAddresses.function(function(text))).doesNotThrowAnyException();
  }

  private static Function function(String text) {
    return Parse.program(text).main();
  }
}
