// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import mirage.formats.OcamlValue.Boxed;
import org.junit.jupiter.api.Test;

/** The expected words are those that a 32-bit OCaml has in memory. */
class HeapLayoutTest {
  @Test
  void aStringEndsWithTheNumberOfItsZeros() {
    assertThat(string("")).containsExactly(0x03000000);
    assertThat(string("abc")).containsExactly(0x00636261);
    assertThat(string("abcd")).containsExactly(0x64636261, 0x03000000);
    assertThat(string("\377\376")).containsExactly(0x0100FEFF);
  }

  private static List<Integer> string(String text) {
    HeapLayout.Laid laid =
        HeapLayout.of(new OcamlValue.Bytes(text.getBytes(StandardCharsets.ISO_8859_1)));
    assertThat(laid.tag()).isEqualTo(252);
    return laid.fields().stream().map(word -> ((HeapLayout.Bits) word).value()).toList();
  }

  @Test
  void numbersHaveTheirLowWordFirst() {
    assertThat(HeapLayout.of(new OcamlValue.Real(-2.5)))
        .isEqualTo(new HeapLayout.Laid(253, bits(0, 0xC0040000)));
    assertThat(HeapLayout.of(new OcamlValue.RealArray(new double[] {1, 0.5})))
        .isEqualTo(new HeapLayout.Laid(254, bits(0, 0x3FF00000, 0, 0x3FE00000)));
    assertThat(HeapLayout.of(new OcamlValue.RealArray(new double[0])))
        .isEqualTo(new HeapLayout.Laid(0, List.of()));
    assertThat(HeapLayout.of(new Boxed(Boxed.Type.INT64, -2)).fields())
        .containsExactly(
            new HeapLayout.Operations(Boxed.Type.INT64),
            new HeapLayout.Bits(-2),
            new HeapLayout.Bits(-1));
    assertThat(HeapLayout.of(new Boxed(Boxed.Type.INT32, 7)).fields())
        .containsExactly(new HeapLayout.Operations(Boxed.Type.INT32), new HeapLayout.Bits(7));
  }

  private static List<HeapLayout.Word> bits(int... words) {
    return java.util.Arrays.stream(words).<HeapLayout.Word>mapToObj(HeapLayout.Bits::new).toList();
  }

  @Test
  void headersAreBlack() {
    assertThat(HeapLayout.header(2, 247)).isEqualTo(0xBF7);
    assertThat(HeapLayout.of(new OcamlValue.Real(0)).header()).isEqualTo(0xBFD);
  }

  @Test
  void integersHave31Bits() {
    assertThat(HeapLayout.tagged(-3)).isEqualTo(-5);
    assertThat(HeapLayout.fits(new OcamlValue.Int((1L << 30) - 1))).isTrue();
    assertThat(HeapLayout.fits(new OcamlValue.Int(1L << 30))).isFalse();
    assertThat(HeapLayout.fits(new OcamlValue.Int(-(1L << 30)))).isTrue();
    assertThat(HeapLayout.fits(new Boxed(Boxed.Type.NATIVEINT, 1L << 31))).isFalse();
    assertThat(HeapLayout.fits(new Boxed(Boxed.Type.INT64, 1L << 31))).isTrue();
    assertThatThrownBy(() -> HeapLayout.of(new OcamlValue.Int(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
