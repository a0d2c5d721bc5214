// SPDX-License-Identifier: Apache-2.0
package mirage.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import mirage.formats.BytecodeFile;

/** The OCaml programs among the test resources, compiled to bytecode by the stock compiler. */
public final class TestPrograms {
  private TestPrograms() {}

  /**
   * Compiles a program.
   *
   * @param folder where its files may lie
   * @param program its file's name in {@code /programs}
   */
  public static BytecodeFile bytecode(Path folder, String program)
      throws IOException, InterruptedException {
    Path source = folder.resolve(program);
    try (InputStream in = TestPrograms.class.getResourceAsStream("/programs/" + program)) {
      Files.write(source, in.readAllBytes());
    }
    return compile(source);
  }

  /** Compiles a source file; the bytecode lies beside it. */
  public static BytecodeFile compile(Path source) throws IOException, InterruptedException {
    Path output = source.resolveSibling("program.byte");
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/ocamlc")), "needs ocamlc: apt-get install ocaml-nox");
    Process ocamlc =
        new ProcessBuilder("ocamlc", "-g", "-o", output.toString(), source.toString())
            .inheritIO()
            .start();
    assertThat(ocamlc.waitFor()).isZero();
    return BytecodeFile.read(output.toString(), Files.readAllBytes(output));
  }
}
