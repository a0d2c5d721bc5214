// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BootArgumentsTest {
  @Test
  void magicLengthText() {
    assertThat(BootArguments.encode(List.of("--hello=Hi", "-l", "debug"), 4096))
        .isEqualTo("MARG\u0013\0\0\0--hello=Hi -l debug".getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void blanksQuotesAndBackslashesAreQuoted() {
    assertThat(BootArguments.line(List.of("a b", "say \"x\\y\"", "", "d\u00e9j\u00e0")))
        .isEqualTo("\"a b\" \"say \\\"x\\\\y\\\"\" \"\" \"d\u00e9j\u00e0\"");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThat(BootArguments.encode(List.of("12345678"), 16)).hasSize(16);
    assertThatThrownBy(() -> BootArguments.encode(List.of("123456789"), 16))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            "boot arguments: at offset 0x8: found 9 bytes; allowed: at most 8, which partition args takes");
  }
}
