// SPDX-License-Identifier: Apache-2.0
package mirage.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mirage.backend.interpret.FunctionRun;
import mirage.backend.ir.Block;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Parse;
import mirage.backend.ir.Pass;
import mirage.backend.ir.Print;
import mirage.backend.ir.Program;
import mirage.backend.ir.Var;
import mirage.backend.machine.CodeGenerator;
import mirage.backend.machine.target.Allocation;
import mirage.formats.Bytecode;
import mirage.formats.BytecodeOp;
import mirage.formats.CallEvents;
import mirage.formats.DebugInfo;
import mirage.formats.OcamlTags;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What each step makes of a small program: {@code golden/STEP/CASE.txt} has the program, a line {@code ; after STEP}, and what the
 * step leaves of it. Behind {@code spill} the places of variables are shown; {@code assembly} is the text of a function whose
 * variables are words, and the table of its frames; {@code program} is all that is written for a program, but for what only
 * debuggers read. A first function that takes nothing and returns something returns the same behind the step. {@code -Dapprove=true} writes what was found behind that line instead of
 * comparing.
 */
class GoldenTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
  private static final String ASSEMBLY = "assembly";
  private static final String PROGRAM = "program";

  @TestFactory
  Stream<DynamicTest> stepsMakeWhatTheyMade() throws IOException {
    List<Path> cases;
    try (Stream<Path> files = Files.walk(FOLDER)) {
      cases = files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
    assertThat(cases).isNotEmpty();
    return cases.stream()
        .map(
            file -> DynamicTest.dynamicTest(FOLDER.relativize(file).toString(), () -> check(file)));
  }

  /** Each step has a case, but for the one that only refuses. */
  @TestFactory
  Stream<DynamicTest> everyStepHasACase() {
    List<String> steps = new ArrayList<>(Compiler.steps());
    steps.removeAll(List.of(Compiler.READ, Compiler.WRITE, "check-addresses"));
    return steps.stream()
        .distinct()
        .map(
            step ->
                DynamicTest.dynamicTest(
                    step, () -> assertThat(FOLDER.resolve(step)).isNotEmptyDirectory()));
  }

  private static void check(Path file) throws IOException {
    String step = file.getParent().getFileName().toString();
    String mark = "; after " + step + "\n";
    String text = Files.readString(file);
    int end = text.indexOf(mark);
    String input = end < 0 ? text + "\n" : text.substring(0, end);
    String found = input + mark + after(step, input);
    if (Boolean.getBoolean("approve")) {
      Files.writeString(file, found);
    }
    assertThat(found).as(file.toString()).isEqualTo(Files.readString(file));
  }

  private static String after(String step, String input) {
    Program program = Parse.program(input);
    CodeGenerator generator = new CodeGenerator();
    String value = value(program, generator);
    for (Pass pass : steps(step, generator)) {
      pass.run(program);
      program.functions().forEach(generator::check);
    }
    assertThat(value(program, generator)).as("value").isEqualTo(value);
    if (step.equals(ASSEMBLY) || step.equals(PROGRAM)) {
      for (int i = 0; i < OcamlTags.EXCEPTIONS; i++) {
        program.addGlobal();
      }
      Bytecode code = Bytecode.of("none", new int[] {BytecodeOp.STOP.ordinal()}, 0, 0);
      String text = generator.text(program, new CallEvents(code, List.of()));
      return step.equals(ASSEMBLY) ? functions(text) : withoutDebugInfo(text);
    }
    StringBuilder text = new StringBuilder(Print.of(program));
    for (Function function : program.functions()) {
      if (generator.allocation(function) != null) {
        text.append(places(function, generator.allocation(function)));
      }
    }
    return text.toString();
  }

  /** What the first function returns if it can be called as it stands, else null. */
  private static String value(Program program, CodeGenerator generator) {
    boolean returns =
        program.main().blocks().stream().anyMatch(block -> block.end() instanceof End.Return);
    return returns && program.main().arity() == 0 ? FunctionRun.value(program, generator) : null;
  }

  /** The one step, and those between spilling and it. */
  private static List<Pass> steps(String name, CodeGenerator generator) {
    if (name.equals(PROGRAM)) {
      return generator.passes();
    }
    for (Pass pass : Compiler.passes()) {
      if (pass.name().equals(name)) {
        return List.of(pass);
      }
    }
    List<Pass> steps = new ArrayList<>();
    boolean spilled = false;
    for (Pass pass : generator.passes()) {
      spilled |= pass.name().equals("spill");
      if (spilled || pass.name().equals(name)) {
        steps.add(pass);
      }
      if (pass.name().equals(name)) {
        return steps;
      }
    }
    return steps.stream().filter(pass -> !pass.name().equals("check-addresses")).toList();
  }

  private static String places(Function function, Allocation allocation) {
    StringBuilder text = new StringBuilder();
    for (Block block : function.blocks()) {
      List<Var> vars = new ArrayList<>(block.params());
      block.body().stream().map(Instr::dest).filter(dest -> dest != null).forEach(vars::add);
      for (Var var : vars) {
        if (allocation.of(var) != null || allocation.isSlot(var)) {
          Object place = allocation.of(var) == null ? "the frame" : allocation.of(var);
          text.append("; ").append(var).append(": ").append(place).append('\n');
        }
      }
    }
    return text.toString();
  }

  /** Without the section that is packed. */
  private static String withoutDebugInfo(String assembly) {
    int begin = assembly.indexOf("\t.section " + DebugInfo.SECTION);
    return assembly.substring(0, begin)
        + assembly.substring(assembly.indexOf("\t.section", begin + 1));
  }

  /** The functions, and what the collector is told of their frames. */
  private static String functions(String assembly) {
    int begin =
        assembly.indexOf("caml_native_code_begin:\n") + "caml_native_code_begin:\n".length();
    int end = assembly.indexOf("\t.global caml_native_program");
    int frames = assembly.indexOf(".Lframe_kinds0:");
    int behind = assembly.indexOf("\t.global caml_native_large_frames");
    return assembly.substring(begin, end) + (frames < 0 ? "" : assembly.substring(frames, behind));
  }
}
