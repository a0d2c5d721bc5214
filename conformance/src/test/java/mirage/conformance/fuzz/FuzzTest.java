// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import mirage.conformance.fuzz.comparison.Batch;
import mirage.conformance.fuzz.comparison.Comparison;
import mirage.conformance.fuzz.draws.Draws;
import mirage.conformance.fuzz.program.Program;
import mirage.conformance.fuzz.shrink.Reductions;
import mirage.conformance.oracle.Ocamlrun32;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random programs do the same on this machine and with each of the chip's back ends. {@link Campaign} runs more of them.
 * Those that differ are saved in {@code target/conformance/fuzz}.
 */
class FuzzTest {
  private static final int COUNT = 60;
  private static final int STRESSED = 6;
  private static final Path SAVED = Path.of("target", "conformance", "fuzz");

  private static Batch programs(long from, long count) {
    return new Batch(LongStream.range(from, from + count).mapToObj(Program::of).toList());
  }

  @Test
  void programsDoTheSameEverywhere() {
    Findings findings = new Findings(SAVED, 1);
    findings.compare(programs(1, COUNT), Comparison.of(BuildCache.user()).collecting());
    assertThat(findings.differences()).isEmpty();
  }

  @Test
  void programsDoTheSameWithACollectionAtEveryAllocation() {
    Findings findings = new Findings(SAVED.resolve("stress"), 1);
    findings.compare(programs(1, STRESSED), Comparison.of(BuildCache.user()).stressed());
    assertThat(findings.differences()).isEmpty();
  }

  /** Programs that once differed, and those that go through all that reads and prints numbers. */
  @TestFactory
  Stream<DynamicTest> knownPrograms() throws IOException {
    Comparison comparison = Comparison.of(BuildCache.user());
    try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", "fuzz"))) {
      return files.sorted().toList().stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      file.getFileName().toString(),
                      () -> assertThat(comparison.difference(Files.readString(file))).isEmpty()));
    }
  }

  /** A comparison that cannot fail would find nothing: the chip has no files. */
  @Test
  void whatDiffersIsFound() {
    String source = "let () = print_endline (string_of_bool (Sys.file_exists \"/\"))";
    assertThat(Comparison.of(BuildCache.user()).difference(source))
        .hasValueSatisfying(text -> assertThat(text).contains("ocamlrun: true", "BYTECODE: false"));
  }

  @Test
  void thisMachinesIntsHave31BitsToo(@TempDir Path work) throws IOException {
    Files.writeString(work.resolve("a.ml"), "let () = print_int max_int");
    Command.of("ocamlc", "-o", "a.byte", "a.ml").in(work).run();
    assertThat(Ocamlrun32.of(BuildCache.user()).run(work.resolve("a.byte")).output())
        .isEqualTo("1073741823");
  }

  @Test
  void generatedProgramsUseTheLanguage(@TempDir Path work) throws IOException {
    String source = Program.source(programs(1, 60).programs());
    assertThat(source)
        .contains(
            "match ", "Gc.compact", "try ", "Fold (M", "Int64.", "Nativeint.", "lazy", "when ")
        .contains(
            "Array2", "big_get32", "Bytes.set_int64_be", "module rec", "Marshal", "Out_of_memory");
    // Random programs exercise little if most of them only raise exceptions.
    Files.writeString(work.resolve("a.ml"), source);
    Command.of("ocamlc", "-w", "-a", "-o", "a.byte", "a.ml").in(work).run();
    String output = Ocamlrun32.of(BuildCache.user()).run(work.resolve("a.byte")).output();
    long lines = output.lines().filter(line -> line.contains(" = ")).count();
    long raised = output.lines().filter(line -> line.contains(" = raised ")).count();
    assertThat(raised * 3).isLessThan(lines);
  }

  @Test
  void decisionsMakeTheSameProgramAgain() {
    Program program = Program.of(7);
    assertThat(Program.of(7)).isEqualTo(program);
    assertThat(Program.of(7, program.draws())).isEqualTo(program);
    assertThat(Program.of(7, Draws.none("program")).module()).doesNotContain("print \"");
  }

  /** Whatever is taken away, a program is left. */
  @Test
  void reductionsArePrograms(@TempDir Path work) throws IOException {
    Program program = Program.of(3);
    List<Draws> reductions = Reductions.of(program.draws());
    List<Program> some =
        LongStream.range(0, 40)
            .mapToObj(i -> Program.of(i, reductions.get((int) (i * reductions.size() / 40))))
            .toList();
    Files.writeString(work.resolve("a.ml"), Program.source(some));
    Command.of("ocamlc", "-w", "-a", "-o", "a.byte", "a.ml").in(work).run();
    assertThat(some).anyMatch(p -> p.module().length() < program.module().length());
  }
}
