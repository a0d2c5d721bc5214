// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Parse;
import org.junit.jupiter.api.Test;

class WordsTest {
  /** The tag takes a bit, and the sign one more. */
  @Test
  void whatHasThirtyOneBits() {
    assertThat(fits("w9 = w_load8 [0] v0")).isTrue();
    assertThat(fits("w9 = w_load16 [0] v0")).isTrue();
    assertThat(fits("w9 = w_bytes v0")).isTrue();
    assertThat(fits("w9 = w_flag [EQ 3] v0")).isTrue();
    assertThat(fits("w9 = w_sari [1] v0")).isTrue();
    assertThat(fits("w9 = w_shri [2] v0")).isTrue();
    assertThat(fits("w9 = w_extui [2:30] v0")).isTrue();
    assertThat(fits("w9 = w_shri [1] v0")).isFalse();
    assertThat(fits("w9 = w_extui [0:31] v0")).isFalse();
    assertThat(fits("w9 = w_load [0] v0")).isFalse();
    assertThat(fits("w9 = w_add v0, v1")).isFalse();
    assertThat(Words.fits31(null)).isFalse();
  }

  /** A division by zero stops the processor; nothing else that only computes does. */
  @Test
  void whatMayBeDoneTooEarly() {
    assertThat(Words.speculative(made("w9 = w_mul v0, v1"))).isTrue();
    assertThat(Words.speculative(made("w9 = w_quos v0, v1"))).isFalse();
    assertThat(Words.speculative(made("w9 = w_rems v0, v1"))).isFalse();
  }

  @Test
  void whatMayBeDoneElsewhere() {
    assertThat(Words.movable(made("w9 = w_mul v0, v1"))).isTrue();
    assertThat(Words.movable(made("w9 = w_load [0] v0"))).isFalse();
    assertThat(Words.movable(made("w9 = w_const [3]"))).isFalse();
    assertThat(Words.movable(made("w_store [0] v0, v1"))).isFalse();
  }

  @Test
  void whatIsMadeAgain() {
    assertThat(Words.isConstant(made("w9 = w_const [3]"))).isTrue();
    assertThat(Words.isConstant(made("w9 = w_symbol [f]"))).isTrue();
    assertThat(Words.isConstant(made("w9 = w_keep [3]"))).isFalse();
    assertThat(Words.isConstant(null)).isFalse();
  }

  private static boolean fits(String instr) {
    return Words.fits31(made(instr));
  }

  private static Instr made(String instr) {
    List<Instr> body =
        Parse.program("function f arity 2\nb0[v0, v1]:\n  " + instr + "\n  return v0\n")
            .main()
            .entry()
            .body();
    return body.get(0);
  }
}
