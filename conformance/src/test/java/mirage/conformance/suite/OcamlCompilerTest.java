// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mirage.bindings.CToolchain;
import mirage.bindings.link.BackEnd;
import mirage.bindings.link.LinkedLibrary;
import mirage.bindings.runtime.RuntimeHeaders;
import mirage.conformance.chip.BoardMemory;
import mirage.conformance.chip.ChipProgram;
import mirage.device.Target;
import mirage.emulator.Outcome;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * OCaml's own bytecode compiler, the largest OCaml program at hand, compiles the benchmarks on the chip to the same bytes
 * as on the host. Takes minutes: with {@code -Dconformance=all} only.
 */
@EnabledIfSystemProperty(named = "conformance", matches = "all")
class OcamlCompilerTest {
  private static final BuildCache CACHE = BuildCache.user();

  /** Interfaces that the benchmarks need, and those that they need. */
  private static final List<String> INTERFACES =
      Stream.of(
              ("stdlib camlinternalFormatBasics stdlib__Array stdlib__Buffer stdlib__Bytes stdlib__Char"
                      + " stdlib__Hashtbl stdlib__Int stdlib__Int32 stdlib__Int64 stdlib__List stdlib__Map"
                      + " stdlib__Obj stdlib__Printf stdlib__Random stdlib__Seq stdlib__Set stdlib__String")
                  .split(" "))
          .map(module -> module + ".cmi")
          .toList();

  private static final double SECONDS = 200;

  @TempDir private static Path work;
  private static final List<String> SOURCES = new ArrayList<>();
  private static String expected;

  /** The files both compilers find, the driver, and what the host's says. */
  @BeforeAll
  static void compileOnHost() throws IOException {
    Path library = Path.of(Command.of("ocamlc", "-where").run().output().strip());
    for (String name : INTERFACES) {
      Files.copy(library.resolve(name), work.resolve(name));
    }
    try (Stream<Path> bench = Files.list(Path.of("..", "bench"))) {
      for (Path source : bench.filter(OcamlCompilerTest::needsNoLibrary).sorted().toList()) {
        Files.copy(source, work.resolve(source.getFileName()));
        SOURCES.add(source.getFileName().toString());
      }
    }
    try (var driver = OcamlCompilerTest.class.getResourceAsStream("/compiler/driver.ml")) {
      Files.copy(driver, work.resolve("driver.ml"));
    }
    link("host.byte", List.of());
    expected = Command.of("ocamlrun", "host.byte").with(arguments()).in(work).run().output();
    assertThat(expected.lines()).hasSize(2 * SOURCES.size()).hasSizeGreaterThan(20);
  }

  private static boolean needsNoLibrary(Path file) {
    return file.toString().endsWith(".ml") && !file.endsWith("lwt.ml");
  }

  private static List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("-nostdlib", "-I", ".", "-c"));
    arguments.addAll(SOURCES);
    return arguments;
  }

  private static void link(String program, List<String> first) {
    Command.of("ocamlc", "-I", "+compiler-libs", "-o", program)
        .with(first)
        .with(List.of("ocamlcommon.cma", "ocamlbytecomp.cma", "driver.ml"))
        .in(work)
        .run();
  }

  @ParameterizedTest
  @EnumSource
  void compilesAsOnTheHost(BackEnd backEnd) throws IOException {
    Path shared = TestSuite.load(CACHE, Map.of()).library();
    Files.writeString(work.resolve("primitives"), "");
    String start = Need.FILES.function().orElseThrow() + ".cmo";
    link(
        "chip.byte",
        List.of(
            "-noautolink",
            "-no-check-prims",
            "-use-prims",
            "primitives",
            shared.resolve(start).toString()));
    ChipProgram program =
        ChipProgram.link(
            backEnd,
            CACHE,
            work.resolve("chip.byte"),
            libraries(shared),
            BoardMemory.LARGE,
            Files.createDirectory(work.resolve(backEnd.name())));
    ChipProgram.Result result = program.run(arguments(), SECONDS);
    System.out.printf(
        "ocamlc on the chip, %s: image %,d bytes, %,d instructions for %d programs%n",
        backEnd, Files.size(program.image()), result.instructions(), SOURCES.size());
    assertThat(new String(result.output(), StandardCharsets.UTF_8)).isEqualTo(expected);
    assertThat(result.outcome().kind()).isEqualTo(Outcome.Kind.HALTED);
    assertThat(result.outcome().status()).isZero();
  }

  private static List<LinkedLibrary> libraries(Path shared) throws IOException {
    CToolchain toolchain =
        RuntimeHeaders.toolchain(Target.ESP32, CACHE, BoardMemory.LARGE.runtimeSizes());
    List<String> names = new ArrayList<>(INTERFACES);
    names.addAll(SOURCES);
    Path archive = work.resolve("libbrought.a");
    toolchain.archive(List.of(BroughtFiles.object(toolchain, work, names)), archive);
    return List.of(
        new LinkedLibrary("files", List.of(), List.of(shared.resolve(Need.FILES.id() + ".a"))),
        new LinkedLibrary("brought", List.of(), List.of(archive)));
  }
}
