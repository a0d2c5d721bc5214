// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    try (InputStream in = ProgramTest.class.getResourceAsStream("/ocaml/program/everything.ml")) {
      file = compile("everything", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    expected = Command.of("ocamlrun", dir.resolve("everything.byte").toString()).run().output();
  }

  private static BytecodeFile compile(String name, String text) throws Exception {
    Path source = Files.writeString(dir.resolve(name + ".ml"), text);
    Path program = dir.resolve(name + ".byte");
    Command.of("ocamlc", "-g", "-o", program.toString()).with(source.toString()).run();
    return BytecodeFile.read(name + ".byte", Files.readAllBytes(program));
  }

  private static String run(Program program) throws Exception {
    Path back = dir.resolve("back.byte");
    Files.write(back, BytecodeWriter.write(program, "Caml1999X030"));
    return Command.of("ocamlrun", back.toString()).run().output();
  }

  @Test
  void doesTheSameWithAllOfItsCode() throws Exception {
    assertThat(run(all(file))).isEqualTo(expected);
  }

  @Test
  void doesTheSameWithoutUnusedCode() throws Exception {
    Program all = all(file);
    Program used = Program.of(file, Options.DEFAULT);
    assertThat(run(used)).isEqualTo(expected);
    assertThat(used.code().length).isLessThan(all.code().length * 8 / 10);
    assertThat(used.globals().size()).isLessThan(all.globals().size());
  }

  /** Of a functor's result only what is used stays. */
  @Test
  void unusedPartsOfModulesGo() {
    Program all = all(file);
    Program used = Program.of(file, Options.DEFAULT);
    assertThat(words(used, "Stdlib__Map")).isLessThan(words(all, "Stdlib__Map") / 3);
    assertThat(words(used, "Stdlib__Hashtbl")).isLessThan(words(all, "Stdlib__Hashtbl") / 2);
  }

  /** A functor of two modules gets one after the other. */
  @Test
  void unusedPartsOfAFunctorsResultGo() throws Exception {
    String text =
        """
        module type S = sig val n : int end
        module F : sig
          module Make (_ : S) (_ : S) : sig
            val table : unit -> (int, int) Hashtbl.t
            val sum : unit -> int
          end
        end = struct
          module Make (A : S) (B : S) = struct
            let sum () = A.n + B.n
            let table () = Hashtbl.create A.n
          end
        end
        module With = F.Make (struct let n = 40 end)
        module Sum = With (struct let n = 2 end)
        let () = print_int (Sum.sum ())
        """;
    BytecodeFile functor = compile("functor", text);
    Program used = Program.of(functor, Options.DEFAULT);
    assertThat(run(used)).isEqualTo("42");
    BytecodeFile whole = compile("whole", text + "let _ = Sum.table ()");
    assertThat(words(Program.of(whole, Options.DEFAULT), "Stdlib__Hashtbl"))
        .isGreaterThan(words(used, "Stdlib__Hashtbl"));
  }

  private static Program all(BytecodeFile program) {
    return Program.of(program, new Options(false, true));
  }

  private static int words(Program program, String unit) {
    return program.units().stream()
        .filter(u -> u.name().equals(unit))
        .mapToInt(u -> u.end() - u.start())
        .sum();
  }

  /** With the table of globals anything can be found; with a function for it that nobody calls, nothing. */
  @Test
  void allOfAProgramStaysOnlyWhereItsTableOfGlobalsIsAskedFor() throws Exception {
    String text =
        """
        external table : unit -> Obj.t array = "caml_get_global_data"
        let entries () = Array.length (table ())
        """;
    BytecodeFile unused = compile("unused", text);
    assertThat(words(Program.of(unused, Options.DEFAULT), "Stdlib"))
        .isLessThan(words(all(unused), "Stdlib"));
    BytecodeFile used = compile("used", text + "let () = print_int (entries ())");
    assertThat(words(Program.of(used, Options.DEFAULT), "Stdlib"))
        .isEqualTo(words(all(used), "Stdlib"));
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
