// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import mirage.formats.OcamlValue;
import org.junit.jupiter.api.Test;

class KnownPrimitivesTest {
  private static final Known A = text("a");
  private static final Known AB = text("ab");
  private static final Known HIGH = text("\u00ff");

  /** As C compares them: bytes without a sign, the shorter first. */
  @Test
  void stringsThatAreKnown() {
    assertKnown(1, "caml_string_equal", A, text("a"));
    assertKnown(0, "caml_string_equal", A, AB);
    assertKnown(0, "caml_string_notequal", A, text("a"));
    assertKnown(1, "caml_string_notequal", A, AB);
    assertKnown(-1, "caml_string_compare", A, AB);
    assertKnown(0, "caml_string_compare", AB, text("ab"));
    assertKnown(1, "caml_string_compare", HIGH, AB);
    assertKnown(2, "caml_ml_string_length", AB);
  }

  @Test
  void nothingOfOthers() {
    for (String name :
        List.of("caml_string_equal", "caml_string_notequal", "caml_string_compare")) {
      assertThat(evaluate(name, A, Known.ANY)).isEqualTo(Known.ANY);
      assertThat(evaluate(name, Known.ANY, A)).isEqualTo(Known.ANY);
      assertThat(evaluate(name, A)).isEqualTo(Known.ANY);
    }
    Known number = new Known.Constant(new OcamlValue.Real(1));
    assertThat(evaluate("caml_ml_string_length", number)).isEqualTo(Known.ANY);
    assertThat(evaluate("caml_ml_string_length", Known.ANY)).isEqualTo(Known.ANY);
    assertThat(evaluate("caml_ml_flush", A)).isEqualTo(Known.ANY);
  }

  /** A constant is a place in static data: an equal one elsewhere is another. */
  @Test
  void constantsAreThemselves() {
    assertThat(Known.join(A, A)).isEqualTo(A);
    assertThat(Known.join(A, text("a"))).isEqualTo(Known.ANY);
    assertThat(Known.join(null, A)).isEqualTo(A);
    assertThat(Known.join(A, null)).isEqualTo(A);
    assertThat(Known.join(new Known.Int(1), new Known.Int(1))).isEqualTo(new Known.Int(1));
    assertThat(Known.join(new Known.Int(1), new Known.Int(2))).isEqualTo(Known.ANY);
  }

  private static void assertKnown(int expected, String name, Known... args) {
    assertThat(evaluate(name, args)).isEqualTo(new Known.Int(expected));
  }

  private static Known evaluate(String name, Known... args) {
    return KnownPrimitives.evaluate(name, Arrays.asList(args));
  }

  private static Known text(String text) {
    byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    return new Known.Constant(new OcamlValue.Bytes(bytes));
  }
}
