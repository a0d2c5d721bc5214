// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mirage.bindings.program.Program.Options;
import mirage.formats.Bytecode;
import mirage.formats.BytecodeFile;
import mirage.formats.BytecodeOp;
import mirage.formats.Instruction;
import mirage.tools.Command;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs laid out for the chip, brought back to the host and run there beside the original. */
class ProgramTest {
  @TempDir static Path dir;
  private static BytecodeFile file;
  private static String expected;

  @BeforeAll
  static void compile() throws Exception {
    file = compile("everything", List.of());
    expected = Command.of("ocamlrun", dir.resolve("everything.byte").toString()).run().output();
  }

  private static BytecodeFile compile(String name, List<String> options) throws Exception {
    Path source = dir.resolve(name + ".ml");
    try (InputStream in = ProgramTest.class.getResourceAsStream("/ocaml/program/" + name + ".ml")) {
      Files.copy(in, source);
    }
    Path program = dir.resolve(name + ".byte");
    Command.of("ocamlc", "-g", "-o", program.toString())
        .with(options)
        .with(source.toString())
        .run();
    return BytecodeFile.read(name + ".byte", Files.readAllBytes(program));
  }

  private static String run(Program program) throws Exception {
    Path back = dir.resolve("back.byte");
    Files.write(back, BytecodeWriter.write(program, "Caml1999X030"));
    return Command.of("ocamlrun", back.toString()).run().output();
  }

  @Test
  void doesTheSameWithAllOfItsCode() throws Exception {
    assertThat(run(Program.of(file, new Options(false, true)))).isEqualTo(expected);
  }

  @Test
  void doesTheSameWithoutUnusedCode() throws Exception {
    Program all = Program.of(file, new Options(false, true));
    Program used = Program.of(file, Options.DEFAULT);
    assertThat(run(used)).isEqualTo(expected);
    assertThat(used.code().length).isLessThan(all.code().length * 8 / 10);
    assertThat(used.globals().size()).isLessThan(all.globals().size());
  }

  /** Of a functor's result only what is used stays. */
  @Test
  void unusedPartsOfModulesGo() {
    Program all = Program.of(file, new Options(false, true));
    Program used = Program.of(file, Options.DEFAULT);
    assertThat(words(used, "Stdlib__Map")).isLessThan(words(all, "Stdlib__Map") / 3);
    assertThat(words(used, "Stdlib__Hashtbl")).isLessThan(words(all, "Stdlib__Hashtbl") / 2);
  }

  private static int words(Program program, String unit) {
    return program.units().stream()
        .filter(u -> u.name().equals(unit))
        .mapToInt(u -> u.end() - u.start())
        .sum();
  }

  @Test
  void codeIsNeverWritten() {
    Program program = Program.of(file, Options.DEFAULT);
    Bytecode code =
        Bytecode.of(
            "program", program.code(), program.globals().size(), program.primitives().size());
    assertThat(code.instructions())
        .extracting(Instruction::op)
        .doesNotContain(BytecodeOp.GETPUBMET, BytecodeOp.EVENT);
  }
}
