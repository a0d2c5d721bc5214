// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mirage.backend.Compiler;
import mirage.backend.TestPrograms;
import mirage.backend.machine.CodeGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParseTest {
  @TempDir Path folder;

  /** Whatever a pass makes can be printed and read: the text then is the same. */
  @ParameterizedTest
  @ValueSource(strings = {"features.ml", "traps.ml", "numbers.ml", "loops.ml", "handlers.ml"})
  void readsWhatIsPrinted(String source) throws IOException, InterruptedException {
    Program program = Compiler.read(TestPrograms.bytecode(folder, source));
    List<Pass> passes = new ArrayList<>(Compiler.passes());
    passes.addAll(new CodeGenerator().passes());
    assertReadable(program);
    for (Pass pass : passes) {
      pass.run(program);
    }
    assertReadable(program);
    Program again = Compiler.read(TestPrograms.bytecode(folder, source));
    Compiler.passes().forEach(pass -> pass.run(again));
    assertReadable(again);
  }

  private static void assertReadable(Program program) {
    String text = Print.of(program);
    assertThat(Print.of(Parse.program(text))).isEqualTo(text);
  }

  @Test
  void saysWhichLineIsWrong() {
    assertThatThrownBy(() -> Parse.program("function f arity 1\nb0[v0]:\n  v1 = frob v0\n"))
        .hasMessageContaining("function f: v1 = frob v0: no operation");
    assertThatThrownBy(() -> Parse.program("; nothing\n")).hasMessageContaining("no function");
  }
}
