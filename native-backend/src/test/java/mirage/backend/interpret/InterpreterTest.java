// SPDX-License-Identifier: Apache-2.0
package mirage.backend.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mirage.backend.Compiler;
import mirage.backend.TestPrograms;
import mirage.backend.ir.Pass;
import mirage.backend.ir.Program;
import mirage.backend.machine.CodeGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program does the same before and after each step of its compilation. */
class InterpreterTest {
  @TempDir Path folder;

  /** Programs that do the same with integers of 63 bits. */
  @ParameterizedTest
  @ValueSource(strings = {"features.ml", "traps.ml", "handlers.ml", "big_arrays.ml"})
  void theInterpreterDoesWhatOcamlrunDoes(String source) throws Exception {
    Program program = Compiler.read(TestPrograms.bytecode(folder, source));
    assertThat(new Interpreter(program, new CodeGenerator()).run()).isEqualTo(ocamlrun());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "features.ml",
        "traps.ml",
        "numbers.ml",
        "loops.ml",
        "handlers.ml",
        "small.ml",
        "big_arrays.ml"
      })
  void everyStepKeepsWhatAProgramDoes(String source) throws Exception {
    Program program = Compiler.read(TestPrograms.bytecode(folder, source));
    CodeGenerator generator = new CodeGenerator();
    String expected = new Interpreter(program, generator).run();
    List<Pass> passes = new ArrayList<>(Compiler.passes());
    passes.addAll(generator.passes());
    for (int i = 0; i < passes.size(); i++) {
      passes.get(i).run(program);
      assertThat(new Interpreter(program, generator).run())
          .as("after step %d, %s", i + 1, passes.get(i).name())
          .isEqualTo(expected);
    }
  }

  private String ocamlrun() throws IOException, InterruptedException {
    Process run =
        new ProcessBuilder("ocamlrun", folder.resolve("program.byte").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    byte[] printed = run.getInputStream().readAllBytes();
    run.waitFor();
    return new String(printed, StandardCharsets.ISO_8859_1);
  }
}
