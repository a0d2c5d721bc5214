// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
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
import mirage.opam.sysroot.Library;
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

  /** In the folder of a case: its row of the table. */
  private static final String RESULT = "result.txt";

  private static final BuildCache CACHE = BuildCache.user();

  /** What came of all cases that were ever run with this table, the last time. */
  @AfterAll
  static void report() throws IOException {
    if (SOURCES.isEmpty()) {
      return;
    }
    StringBuilder table = new StringBuilder(Result.HEADING);
    List<Case> cases = cases();
    for (int i = 0; i < cases.size(); i++) {
      Path result = WORK.resolve(place(i)).resolve(RESULT);
      if (Files.exists(result)) {
        table.append(Files.readString(result));
      }
    }
    AtomicFiles.write(WORK.resolve("results.txt"), table.toString());
    System.out.println(table);
  }

  private static List<Case> cases() throws IOException {
    return Case.parse(Files.readString(TABLES.resolve("cases.tsv")));
  }

  private static String place(int index) {
    return "%03d".formatted(index);
  }

  @TestFactory
  Stream<DynamicTest> programsPrintWhatTheyPrintOnThisMachine() throws IOException {
    List<Case> cases = cases();
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      Case one = cases.get(i);
      String place = place(i);
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
    Path work = WORK.resolve(place);
    AtomicFiles.delete(work);
    Result result = new Result(one);
    try {
      compare(one, sources, place, work, result);
    } finally {
      AtomicFiles.write(work.resolve(RESULT), result.text());
    }
  }

  private static void compare(Case one, Path sources, String place, Path work, Result result)
      throws IOException {
    long start = System.nanoTime();
    Installed installed = install(one, sources);
    result.installed((System.nanoTime() - start) / 1e9);
    ProgramFolder program = ProgramFolder.of(one, sources, work.resolve("program"));
    OcamlBuild.Program built = build(program, installed, work);
    String printed = onChip(one, built, work, result);
    AtomicFiles.write(work.resolve("chip.txt"), printed);
    String expected =
        switch (one.reference()) {
          case Case.HOST -> onHost(one, program, sources, place);
          case Case.OCAMLRUN32 -> on32Bits(built.bytecode());
          default -> ended(Files.readString(sources.resolve(one.reference())), "0");
        };
    AtomicFiles.write(work.resolve("expected.txt"), expected);
    assertThat(expected.lines().reduce((a, b) -> b).orElse(""))
        .as("how the program ends on this machine, %s", work)
        .matches(Pattern.compile("status 0|" + one.except()));
    assertThat(Difference.of(compared(one, expected), compared(one, printed)))
        .as("what the chip prints, %s", work)
        .isEmpty();
    result.passed();
  }

  /** Lines that begin with # say what is of one machine alone. */
  private static List<String> compared(Case one, String output) {
    return output
        .lines()
        .filter(line -> !line.startsWith("# ") && !line.matches(one.except()))
        .toList();
  }

  private static Installed install(Case one, Path sources) {
    Installed installed =
        new Installed(
            WORK.resolve("installed").resolve(Integer.toHexString(one.install().hashCode())));
    new Installer(sysroot(List.of()), CACHE, installed, line -> {})
        .install(
            one.install().stream().map(word -> sources.resolve(word).toString()).toList(),
            List.of());
    return installed;
  }

  private static Sysroot sysroot(Collection<Installed.Package> packages) {
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

  private static String onChip(Case one, OcamlBuild.Program built, Path work, Result made) {
    List<LinkedLibrary> libraries = built.libraries().stream().map(Library::linked).toList();
    ChipProgram.Result result =
        ChipProgram.link(
                BackEnd.NATIVE,
                CACHE,
                built.bytecode(),
                libraries,
                one.memory(),
                work.resolve("dist"))
            .run(List.of(), SECONDS);
    String output = new String(result.output(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    made.ran(result.instructions(), output);
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
