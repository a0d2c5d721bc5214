// SPDX-License-Identifier: Apache-2.0
package mirage.config.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import mirage.tools.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OcamlTest {
  /** What OCaml itself makes of our string literals. */
  @Test
  void ocamlReadsBackWhatIsEscaped(@TempDir Path folder) throws Exception {
    String text = "a \"quoted\" back\\slash, tab\t, new\nline, \u00e9, {name}, %d, \u0000\u007f";
    Path script = folder.resolve("print.ml");
    Files.writeString(script, "print_string " + Ocaml.string(text) + "\n");
    assertThat(Command.of("ocaml", script.toString()).run().output()).isEqualTo(text);
  }

  @Test
  void anArgumentGetsParenthesesWhenItIsAnApplication() {
    assertThat(Ocaml.argument("None")).isEqualTo("None");
    assertThat(Ocaml.argument("(Some 3)")).isEqualTo("(Some 3)");
    assertThat(Ocaml.argument("Key_gen.logs ()")).isEqualTo("(Key_gen.logs ())");
    assertThat(Ocaml.argument("(f x) (g y)")).isEqualTo("((f x) (g y))");
  }

  @Test
  void aPlaceInAStringIsTold() {
    String expression = "f \"a\\\"b{x}\" {y}";
    assertThat(Ocaml.insideString(expression, expression.indexOf("{x}"))).isTrue();
    assertThat(Ocaml.insideString(expression, expression.indexOf("{y}"))).isFalse();
  }
}
