// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import mirage.bindings.link.BackEnd;
import mirage.bindings.link.LinkedLibrary;
import mirage.conformance.chip.ChipProgram;
import mirage.conformance.oracle.Ocamlrun32;
import mirage.device.DeviceProvider;
import mirage.device.Target;
import mirage.emulator.Outcome;
import mirage.opam.install.Installer;
import mirage.opam.program.OcamlBuild;
import mirage.opam.sysroot.Installed;
import mirage.opam.sysroot.Sysroot;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Upstream's packages, installed from checkouts of their sources ({@code -Dupstream=FOLDER}, one folder each, as {@code
 * sources.tsv} has them), do on the emulated chip what they do on this machine. Each case of {@code cases.tsv} is a
 * program; many are upstream's own tests. {@code -Dupstream.only=...} selects those whose program matches a regular
 * expression. The table of results is {@code target/upstream/results.txt}.
 */
class UpstreamTest {
  private static final String SOURCES = System.getProperty("upstream", "");
  private static final String ONLY = System.getProperty("upstream.only", ".*");
  private static final Path TABLES = Path.of("src", "test", "resources", "upstream");
  private static final Path WORK = Path.of("target", "upstream").toAbsolutePath();

  /** Of virtual time, for one program. */
  private static final double SECONDS = 1200;

  private static final BuildCache CACHE = BuildCache.user();
  private static final Results RESULTS = new Results();

  @AfterAll
  static void report() {
    if (!SOURCES.isEmpty()) {
      AtomicFiles.write(WORK.resolve("results.txt"), RESULTS.text());
      System.out.println(RESULTS.text());
    }
  }

  @TestFactory
  Stream<DynamicTest> programsPrintWhatTheyPrintOnThisMachine() throws IOException {
    List<Case> cases = Case.parse(Files.readString(TABLES.resolve("cases.tsv")));
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      Case one = cases.get(i);
      String place = "%03d".formatted(i);
      if (one.program().matches(ONLY)) {
        tests.add(DynamicTest.dynamicTest(one.program(), () -> check(one, place)));
      }
    }
    return tests.stream();
  }

  private static void check(Case one, String place) throws IOException {
    assumeTrue(!SOURCES.isEmpty(), "no checkouts of upstream's sources: -Dupstream=FOLDER");
    Path sources = Path.of(SOURCES).toAbsolutePath();
    for (String name : one.checkouts()) {
      assumeTrue(Files.isDirectory(sources.resolve(name)), "no checkout of " + name);
    }
    Results.Row row = RESULTS.begin(one);
    Path work = WORK.resolve(place);
    AtomicFiles.delete(work);
    Installed installed = install(one, sources, row);
    ProgramFolder program = ProgramFolder.of(one, sources, work.resolve("program"));
    OcamlBuild.Program built = build(program, installed, work);
    String printed = onChip(one, built, work, row);
    AtomicFiles.write(work.resolve("chip.txt"), printed);
    String expected =
        switch (one.reference()) {
          case Case.HOST -> onHost(one, program, sources, place);
          case Case.OCAMLRUN32 -> on32Bits(built.bytecode());
          default -> ended(Files.readString(sources.resolve(one.reference())), "0");
        };
    AtomicFiles.write(work.resolve("expected.txt"), expected);
    row.note(printed);
    assertThat(Difference.of(compared(one, expected), compared(one, printed)))
        .as("what the chip prints, %s", work)
        .isEmpty();
    row.passed();
  }

  /** Lines that begin with # say what is of one machine alone. */
  private static List<String> compared(Case one, String output) {
    return output
        .lines()
        .filter(line -> !line.startsWith("# ") && !line.matches(one.except()))
        .toList();
  }

  private static Installed install(Case one, Path sources, Results.Row row) {
    Installed installed =
        new Installed(
            WORK.resolve("installed").resolve(Integer.toHexString(one.install().hashCode())));
    row.installing();
    new Installer(sysroot(List.of()), CACHE, installed, row::progress)
        .install(
            one.install().stream().map(word -> sources.resolve(word).toString()).toList(),
            List.of());
    row.installed();
    return installed;
  }

  private static Sysroot sysroot(java.util.Collection<Installed.Package> packages) {
    return Sysroot.of(Target.ESP32, DeviceProvider.ofClassPath(), CACHE, packages);
  }

  private static OcamlBuild.Program build(ProgramFolder program, Installed installed, Path work) {
    Path here = Path.of("");
    return new OcamlBuild(sysroot(installed.packages().values()), CACHE)
        .build(
            new OcamlBuild.Request(
                program.folder(),
                Path.of(program.main()),
                List.of(here),
                Set.of(here),
                program.libraries(),
                work.resolve("build"),
                "program"));
  }

  private static String onChip(Case one, OcamlBuild.Program built, Path work, Results.Row row) {
    List<LinkedLibrary> libraries =
        built.libraries().stream()
            .map(used -> new LinkedLibrary(used.name(), used.archives(), used.stubs()))
            .toList();
    ChipProgram.Result result =
        ChipProgram.link(
                BackEnd.NATIVE,
                CACHE,
                built.bytecode(),
                libraries,
                one.memory(),
                work.resolve("dist"))
            .run(List.of(), SECONDS);
    row.ran(result);
    String output =
        new String(result.output(), java.nio.charset.StandardCharsets.UTF_8).replace("\r\n", "\n");
    Outcome outcome = result.outcome();
    return ended(
        output, outcome.kind() == Outcome.Kind.HALTED ? "" + outcome.status() : "" + outcome);
  }

  /** An output with how the program ended behind it. */
  static String ended(String output, String status) {
    return output
        + (output.isEmpty() || output.endsWith("\n") ? "" : "\n")
        + "status "
        + status
        + "\n";
  }

  private static String on32Bits(Path bytecode) {
    Command.Result result = Ocamlrun32.of(CACHE).run(bytecode);
    return ended(result.output(), "" + result.status());
  }

  private static String onHost(Case one, ProgramFolder program, Path sources, String place)
      throws IOException {
    Host host =
        new Host(WORK.resolve("host").resolve(Integer.toHexString(one.install().hashCode())));
    if (!Files.exists(host.workspace().resolve("dune-project"))) {
      host.sources(one, sources);
    }
    return host.run(program, "p" + place);
  }
}
