// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mirage.bindings.link.BackEnd;
import mirage.bindings.link.LinkOptions;
import mirage.bindings.link.LinkRequest;
import mirage.bindings.link.LinkResult;
import mirage.bindings.link.LinkedLibrary;
import mirage.bindings.link.Linker;
import mirage.device.Target;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OCaml's runtime on the chip does what ocamlrun does: {@code programs/*.ml}. */
class OcamlOnChipTest {
  @TempDir Path folder;

  private Path compile(String name, String... flags) throws IOException {
    Path source = folder.resolve(name + ".ml");
    try (InputStream stream = getClass().getResourceAsStream("/programs/" + name + ".ml")) {
      Files.write(source, stream.readAllBytes());
    }
    Path bytecode = folder.resolve(name + ".byte");
    Command.of("ocamlc", "-g", "-w", "-a", "-o", bytecode.toString(), name + ".ml")
        .with(flags)
        .in(folder)
        .run();
    return bytecode;
  }

  private CProgram.Result runOnChip(String name, Path bytecode) {
    return runOnChip(name, bytecode, "");
  }

  private CProgram.Result runOnChip(String name, Path bytecode, String input) {
    return runOnChip(name, bytecode, input, LinkOptions.DEFAULT);
  }

  private CProgram.Result runOnChip(String name, Path bytecode, String input, LinkOptions options) {
    return runOnChip(name, bytecode, input, options, List.of());
  }

  private CProgram.Result runOnChip(
      String name,
      Path bytecode,
      String input,
      LinkOptions options,
      List<LinkedLibrary> libraries) {
    LinkResult result =
        Linker.of(Target.ESP32, BuildCache.user())
            .link(new LinkRequest(name, bytecode, libraries, Map.of(), folder, options));
    return CProgram.emulate(result.image().orElseThrow(), result.executable(), input);
  }

  @Test
  void theStandardLibraryPrintsWhatItPrintsOnTheHost() throws IOException {
    Path bytecode = compile("standard_library");
    String expected = Command.of("ocamlrun", bytecode.toString()).run().output();

    CProgram.Result chip = runOnChip("standard_library", bytecode);

    assertThat(chip.output()).isEqualTo(expected).endsWith("end\n");
    assertThat(chip.status()).as(chip.errors()).isZero();
  }

  @Test
  void theRuntimeBelowTheLibraryWorksAsOnTheHost() throws IOException {
    Path bytecode = compile("more_library");
    Command.Result expected =
        Command.of("ocamlrun", bytecode.toString()).input("42 hello\n").execute();

    CProgram.Result chip = runOnChip("more_library", bytecode, "42 hello\n");

    assertThat(chip.output()).isEqualTo(expected.output()).endsWith("exit2\nexit1\n");
    assertThat(chip.status()).as(chip.errors()).isEqualTo(expected.status()).isEqualTo(3);
  }

  @Test
  void memoryRunsOutAsAnExceptionAndComesBack() throws IOException {
    CProgram.Result chip = runOnChip("memory", compile("memory"));

    assertThat(chip.output())
        .isEqualTo(
            """
            at least 200 KB: true
            given back: true
            no megabyte
            depth 5000
            Stack_overflow
            again 40
            done
            """);
    assertThat(chip.status()).as(chip.errors()).isZero();
  }

  @ParameterizedTest
  @EnumSource(BackEnd.class)
  void theStackGrowsAndOverflowIsAnException(BackEnd backEnd) throws IOException {
    LinkOptions options = LinkOptions.DEFAULT.with(backEnd);

    CProgram.Result chip = runOnChip("deep", compile("deep"), "", options);

    assertThat(chip.output()).isEqualTo("10\n1000\n5000\nround 5\nround 10\n2000\n");
    assertThat(chip.status()).as(chip.errors()).isZero();
  }

  @ParameterizedTest
  @EnumSource(BackEnd.class)
  void stackAndMemoryRunOutAgainAndAgain(BackEnd backEnd) throws IOException {
    CProgram.Result chip =
        runOnChip("exhaustion", compile("exhaustion"), "", LinkOptions.DEFAULT.with(backEnd));

    assertThat(chip.output())
        .isEqualTo(
            """
            recursion: stack 1000, memory 0, neither 0; then 500 124750
            long bytes: stack 0, memory 1000, neither 0; then 500 124750
            long array: stack 0, memory 100, neither 0; then 500 124750
            long floats: stack 0, memory 30, neither 0; then 500 124750
            long weak: stack 0, memory 30, neither 0; then 500 124750
            big array: stack 0, memory 100, neither 0; then 500 124750
            short blocks: stack 0, memory 3, neither 0; then 500 124750
            bytes: stack 0, memory 3, neither 0; then 500 124750
            finaliser: stack 30, memory 0, neither 0; then 500 124750
            finaliser that catches: stack 0, memory 0, neither 30; then 500 124750
            equal true 249981403
            finalisers: stack 0, memory 2, neither 0; then 500 124750
            """);
    assertThat(chip.status()).as(chip.errors()).isZero();
  }

  @Test
  void viewsOfBigArraysFindThePlaceThatGarbageTakes() throws IOException {
    CProgram.Result chip = runOnChip("views", compile("views"));

    assertThat(chip.output()).isEqualTo("sub: made\nslice: made\nreshape: made\nlayout: made\n");
    assertThat(chip.status()).as(chip.errors()).isZero();
  }

  @ParameterizedTest
  @EnumSource(BackEnd.class)
  void whatAsksTheHeapOfCFindsThePlaceThatGarbageTakes(BackEnd backEnd) throws IOException {
    CProgram.Result chip =
        runOnChip("doors", compile("doors"), "", LinkOptions.DEFAULT.with(backEnd));

    assertThat(chip.output())
        .isEqualTo(
            """
            finaliser: kept done, garbage done
            to_string: kept Out_of_memory, garbage done
            to_bytes: kept Out_of_memory, garbage done
            to_buffer: kept Out_of_memory, garbage done
            from_string: kept Out_of_memory, garbage done
            compare: kept Out_of_memory, garbage done
            equal: kept Out_of_memory, garbage done
            concat: kept done, garbage done
            reachable: kept Out_of_memory, garbage done
            bigarray: kept Out_of_memory, garbage done
            open_in: kept Out_of_memory, garbage done
            channel's name: kept Out_of_memory, garbage done
            float_of_string: kept Out_of_memory, garbage done
            %.2000h: kept Out_of_memory, garbage done
            %.200f: kept done, garbage done
            file_exists: kept done, garbage done
            getenv: kept done, garbage done
            readdir: kept done, garbage done
            named value: kept Out_of_memory, garbage done
            named values: kept done, garbage done
            minor heap: kept Out_of_memory, garbage done
            """);
    assertThat(chip.status()).as(chip.errors()).isZero();
  }

  /** No primitive stands in front of the C function that makes them. */
  @ParameterizedTest
  @EnumSource(BackEnd.class)
  void bigArraysOfCFindThePlaceThatGarbageTakes(BackEnd backEnd) throws IOException {
    Path bytecode =
        compile(
            "stub_arrays",
            "-no-check-prims",
            "-use-prims",
            Files.createFile(folder.resolve("primitives")).toString());
    Path source = folder.resolve("stub_arrays.c");
    try (InputStream stream = getClass().getResourceAsStream("/c/stub_arrays.c")) {
      Files.write(source, stream.readAllBytes());
    }
    Path object = folder.resolve("stub_arrays.o");
    RuntimeHeaders.toolchain(Target.ESP32, BuildCache.user()).compile(source, object, List.of());
    LinkedLibrary library = new LinkedLibrary("stubs", List.of(), List.of(object));

    CProgram.Result chip =
        runOnChip("stub_arrays", bytecode, "", LinkOptions.DEFAULT.with(backEnd), List.of(library));

    assertThat(chip.output())
        .isEqualTo(
            """
            array: kept Out_of_memory, garbage made
            square: kept Out_of_memory, garbage made
            """);
    assertThat(chip.status()).as(chip.errors()).isZero();
  }

  @ParameterizedTest
  @EnumSource(BackEnd.class)
  void whatEndsForWantOfMemorySaysSo(BackEnd backEnd) throws IOException {
    CProgram.Result chip =
        runOnChip("last_words", compile("last_words"), "", LinkOptions.DEFAULT.with(backEnd));

    assertThat(chip.output()).startsWith("kept\nFatal error: exception Out_of_memory\n");
    assertThat(chip.status()).as(chip.errors()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(BackEnd.class)
  void whatGrowsUntilMemoryIsOutLosesNothing(BackEnd backEnd) throws IOException {
    CProgram.Result chip =
        runOnChip("growth", compile("growth"), "", LinkOptions.DEFAULT.with(backEnd));

    assertThat(chip.output())
        .isEqualTo(
            """
            to_string: memory 10, neither 0
            table: memory 5, neither 0
            concat: memory 30, neither 0
            append: memory 10, neither 0
            buffer: memory 5, neither 0
            """);
    assertThat(chip.status()).as(chip.errors()).isZero();
  }

  @ParameterizedTest
  @EnumSource(BackEnd.class)
  void whatAFunctionCapturedIsGarbageWhenItIs(BackEnd backEnd) throws IOException {
    CProgram.Result chip =
        runOnChip("captured", compile("captured"), "", LinkOptions.DEFAULT.with(backEnd));

    assertThat(chip.output())
        .isEqualTo("closure: 140000\nrecursive: 4\nfunctor: 140000\nblock: 1\nagain: 140010\n");
    assertThat(chip.status()).as(chip.errors()).isZero();
  }

  @Test
  void aRecursionGetsTheMemoryThatGarbageTook() throws IOException {
    CProgram.Result chip = runOnChip("full_stack", compile("full_stack"));

    assertThat(chip.output()).isEqualTo("less true, again as deep true\n");
    assertThat(chip.status()).as(chip.errors()).isZero();
  }

  @ParameterizedTest
  @EnumSource(BackEnd.class)
  void functionsAreMarshalledOrRefusedAsOnTheHost(BackEnd backEnd) throws IOException {
    Path bytecode = compile("marshal_code");
    String expected = Command.of("ocamlrun", bytecode.toString()).run().output();

    CProgram.Result chip =
        runOnChip("marshal_code", bytecode, "", LinkOptions.DEFAULT.with(backEnd));

    assertThat(chip.output()).isEqualTo(expected).contains("toplevel: fine");
    assertThat(chip.status()).as(chip.errors()).isZero();
  }

  @Test
  void anUncaughtExceptionEndsWithItsNameABacktraceAndStatusTwo() throws IOException {
    CProgram.Result chip = runOnChip("uncaught", compile("uncaught"));

    assertThat(chip.output())
        .isEqualTo(
            """
            at exit
            Fatal error: exception Invalid_argument("deep")
            Raised at Uncaught.f in file "uncaught.ml", line 2, characters 28-59
            Called from Uncaught.f in file "uncaught.ml", line 2, characters 69-78
            Called from Uncaught.f in file "uncaught.ml", line 2, characters 69-78
            Called from Uncaught in file "uncaught.ml", line 4, characters 19-24
            """);
    assertThat(chip.status()).as(chip.errors()).isEqualTo(2);
  }
}
