// SPDX-License-Identifier: Apache-2.0
package mirage.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mirage.backend.ir.Check;
import mirage.backend.ir.Function;
import mirage.backend.ir.Pass;
import mirage.backend.ir.Program;
import mirage.backend.machine.CodeGenerator;
import mirage.formats.BytecodeFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompilerTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"features.ml", "traps.ml", "numbers.ml", "handlers.ml"})
  void everyPassKeepsTheInvariants(String source) throws Exception {
    Program program = Compiler.read(bytecode(source));
    program.functions().forEach(Check::function);
    List<Pass> passes = new ArrayList<>(Compiler.passes());
    CodeGenerator generator = new CodeGenerator();
    passes.addAll(generator.passes());
    for (Pass pass : passes) {
      pass.run(program);
      program.functions().forEach(generator::check);
    }
  }

  @Test
  void unusedFunctionsAreDropped() throws Exception {
    Program program = Compiler.read(bytecode("features.ml"));
    int before = program.functions().size();
    Compiler.passes().forEach(pass -> pass.run(program));
    assertThat(program.functions()).hasSizeLessThan(before / 2);
    assertThat(program.functions()).extracting(Function::name).anyMatch(n -> n.contains("area"));
  }

  @Test
  void assemblyHasTheUsersFunctions() throws Exception {
    assertThat(Compiler.assembly(bytecode("features.ml")))
        .contains("camlcode_Features.area_")
        .contains("caml_native_frames:")
        .contains("mirage_locations:");
  }

  /** A sum of squares, linked by OCaml 4.14.2's compiler; its header line is left out. */
  /** The collector's map of addresses tells constants by where they begin and end. */
  @Test
  void blocksWithoutFieldsLieInTheData() throws Exception {
    assertThat(Compiler.assembly(bytecode("small.ml")))
        .contains("\t.word 0\n\t.global caml_native_data_end\n");
  }

  @Test
  void programsOfTheNextReleaseAreCompiled() throws Exception {
    byte[] bytes;
    try (InputStream in = getClass().getResourceAsStream("/programs/ocaml-4.14.byte")) {
      bytes = in.readAllBytes();
    }
    BytecodeFile file = BytecodeFile.read("ocaml-4.14.byte", bytes);
    assertThat(file.version()).isEqualTo(BytecodeFile.Version.OCAML_4_14);
    Program program = Compiler.read(file);
    program.functions().forEach(Check::function);
    assertThat(program.functions()).hasSizeGreaterThan(1);
    assertThat(Compiler.assembly(file)).contains("camlcode_main:");
  }

  @Test
  void onlyWhatIsUsedIsCompiled() throws Exception {
    assertThat(Compiler.assembly(bytecode("small.ml")))
        .contains("Small.describe_")
        .doesNotContain("describe_never", "unused", "Small.add_");
  }

  /** With recursive modules a class statement can fail, when it inherits from what is not made yet. */
  @Test
  void classesNobodyUsesAreDropped() throws Exception {
    String classes =
        """
        class shape = object method area = 3 end
        class square = object inherit shape method side = 4 end
        class unused = object inherit square method never = 5 end
        let () = print_int (new square)#area
        """;
    String recursive =
        """
        module rec Even : sig val is : int -> bool end = struct let is n = n = 0 || Odd.is (n - 1) end
        and Odd : sig val is : int -> bool end = struct let is n = n <> 0 && Even.is (n - 1) end
        let () = print_string (string_of_bool (Even.is 4))
        """;
    assertThat(methods(classes)).contains("area", "side").doesNotContain("never");
    assertThat(methods(classes + recursive)).contains("area", "side", "never");
  }

  private List<String> methods(String text) throws Exception {
    Program program =
        Compiler.read(TestPrograms.compile(Files.writeString(folder.resolve("classes.ml"), text)));
    Compiler.passes().forEach(pass -> pass.run(program));
    return program.functions().stream()
        .map(Function::name)
        .filter(name -> name.matches("Classes\\.\\w+#\\w+_\\d+"))
        .map(name -> name.replaceAll(".*#|_\\d+$", ""))
        .distinct()
        .toList();
  }

  /** The compiler looks at each function's addresses before it gives them registers, and refuses what it must not write. */
  @Test
  void addressesInLoopsDoNotOutliveAnException() throws Exception {
    String text = Compiler.assembly(bytecode("handlers.ml"));
    assertThat(function(text, "Handlers", "items")).contains("caml_native_raise_bound_error");
  }

  /** Not those that call, may collect, have few turns, or may go on past the largest number. */
  @Test
  void loopsOfKnownLengthCountByThemselves() throws Exception {
    String text = Compiler.assembly(bytecode("loops.ml"));
    assertThat(function(text, "Loops", "sum")).contains("/* loop */");
    assertThat(function(text, "Loops", "scan")).contains("/* loop */");
    for (String name : new String[] {"call", "allocate", "few", "forever"}) {
      assertThat(function(text, "Loops", name)).as(name).doesNotContain("/* loop */");
    }
  }

  /** From its label to its size. */
  private static String function(String text, String module, String name) {
    int begin = text.indexOf("\ncamlcode_" + module + "." + name + "_");
    assertThat(begin).as(name).isPositive();
    return text.substring(begin, text.indexOf(".size camlcode_" + module + "." + name, begin));
  }

  private BytecodeFile bytecode(String program) throws IOException, InterruptedException {
    return TestPrograms.bytecode(folder, program);
  }
}
