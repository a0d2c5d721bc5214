// SPDX-License-Identifier: Apache-2.0
package mirage.opam.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mirage.bindings.runtime.RuntimeHeaders;
import mirage.device.Target;
import mirage.opam.ChipProgram;
import mirage.opam.sysroot.Distribution;
import mirage.opam.sysroot.Installed;
import mirage.opam.sysroot.Sysroot;
import mirage.tools.BuildCache;
import mirage.tools.MirageException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Packages of all kinds, from sources to a program on the emulated chip: {@code tally} is dune's, with C,
 * a generated header, parts that need Unix and a program; {@code shape} a virtual library; {@code crank}
 * is built by make, {@code knot} by topkg.
 */
class InstallerTest {
  private static final Path SOURCES = Path.of("src/test/resources/sources");

  private final BuildCache cache = BuildCache.user();
  private final List<String> progress = new ArrayList<>();
  private Installed installed;
  @TempDir Path folder;

  @BeforeEach
  void copySources() throws IOException {
    installed = new Installed(folder.resolve("installed"));
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(SOURCES.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  /** The builds of one test are nobody else's: what the cache has of earlier runs is of other sources. */
  private void makeUnique(String name) throws IOException {
    Files.writeString(folder.resolve(name).resolve("unique"), folder + " " + System.nanoTime());
  }

  private void install(String... wanted) {
    progress.clear();
    Sysroot sysroot = Sysroot.of(Target.ESP32, List.of(), cache, List.of());
    new Installer(sysroot, cache, installed, progress::add)
        .install(
            Stream.of(wanted)
                .map(
                    word ->
                        word.startsWith("=") ? word.substring(1) : folder.resolve(word).toString())
                .toList(),
            List.of(folder.resolve("duniverse")));
  }

  private String message(String... wanted) {
    return catchThrowableOfType(MirageException.class, () -> install(wanted)).getMessage();
  }

  private String run(String program, String... libraries) {
    Sysroot sysroot = Sysroot.of(Target.ESP32, List.of(), cache, installed.packages().values());
    return new ChipProgram(sysroot, cache, folder.resolve("program")).run(program, libraries);
  }

  @Test
  void packagesOfAllKindsRunOnTheChip() throws IOException {
    makeUnique("tally");
    install("knot", "crank", "shape", "tally");
    assertThat(progress)
        .containsExactly(
            "building tally.1.2",
            "  left out: tally.more (it needs tally.unix)",
            "  left out: tally.unix (it needs unix)",
            "building knot.0.1",
            "  left out: knot.host (it needs unix)",
            "building crank.3.1",
            "building shape.0.9");
    String program =
        """
        let () =
          Printf.printf "%d %d %d %d %s %d\\n" (Tally.count 1) (Tally.bits ()) (Crank.turn 5)
            (Knot.tie 2) Shape.name (Shape.corners 1)
        """;
    assertThat(run(program, "knot", "crank", "shape")).isEqualTo("4 32 13 50 round 0\n");
    assertThat(run(program, "knot", "crank", "shape.square")).isEqualTo("4 32 13 50 square 4\n");
    assertThatThrownBy(() -> run(program, "shape.square", "shape.round", "crank", "knot"))
        .hasMessageContaining(
            "OCaml library shape: two libraries that implement it were asked for, shape.square and shape.round");
    assertThatThrownBy(() -> run(program, "tally.unix"))
        .hasMessageContaining("OCaml library tally.unix: not installed");
    install("knot", "crank", "shape", "tally");
    assertThat(progress).allMatch(line -> line.startsWith("already built: ")).hasSize(4);
  }

  @Test
  void whatDerivesCodeRunsOnThisMachine() throws IOException {
    makeUnique("ledger");
    install("ledger");
    assertThat(
            run(
                "let () = print_string Ledger.(text (Paid 5) ^ text (Owed { to_whom = \"x\"; much = 2 }))",
                "ledger"))
        .isEqualTo("(Paid 5)(Owed(to_whom x)(much 2))");
  }

  @Test
  void anUpgradeRebuildsWhatDependsOnIt() throws IOException {
    makeUnique("tally");
    install("crank", "tally");
    Path before = installed.packages().get("crank").entry();
    edit("tally/gen/gen.ml", "then 3", "then 30");
    edit("tally/tally.opam", "1.2", "1.3");
    install("=tally.1.3");
    assertThat(progress).contains("building tally.1.3", "building crank.3.1");
    assertThat(installed.packages().get("crank").entry()).isNotEqualTo(before);
    assertThat(run("let () = print_int (Crank.turn 1)", "crank")).isEqualTo("32");
    new Installer(
            Sysroot.of(Target.ESP32, List.of(), cache, List.of()), cache, installed, progress::add)
        .remove(List.of("tally"));
    assertThat(installed.packages()).isEmpty();
  }

  @Test
  void aFailureNamesPackageStepAndLogAndLeavesNothing() throws IOException {
    makeUnique("tally");
    edit("tally/src/tally_stubs.c", "STEP)", "STOP)");
    String message = message("tally", "crank");
    assertThat(message)
        .startsWith(
            "package tally.1.2: its build failed: dune build -x esp32 -p tally @install: status 1")
        .contains("'STOP' undeclared", "\nlog: ");
    Path log = Path.of(message.substring(message.indexOf("\nlog: ") + 6));
    assertThat(log).content().contains("$ dune build", "# dune build -x esp32");
    assertThat(installed.packages()).isEmpty();
    assertThat(
            cache.root().resolve(".building").toFile().list((d, n) -> n.startsWith("opam-tally")))
        .isEmpty();
  }

  /** Where the second file cannot be written, the first is not there either. */
  @Test
  void eitherAllPackagesComeIntoUseOrNone() throws IOException {
    Path entry = Files.createDirectories(folder.resolve("entry/lib")).getParent();
    Installed.Package old =
        new Installed.Package("old", Optional.empty(), entry, folder, List.of());
    installed.change(List.of(old), List.of());
    Files.createDirectories(installed.folder().resolve(".second/full"));
    List<Installed.Package> both =
        Stream.of("first", "second")
            .map(name -> new Installed.Package(name, Optional.of("1"), entry, folder, List.of()))
            .toList();
    assertThatThrownBy(() -> installed.change(both, List.of("old")))
        .isInstanceOf(MirageException.class)
        .hasMessageContaining("second");
    assertThat(installed.packages()).containsOnlyKeys("old");
    installed.change(both, List.of("old"));
    assertThat(installed.packages()).containsOnlyKeys("first", "second");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "depends: [ \"crock\" ]      | package tally: crock is needed, and nothing within reach has it; give the folder of its source",
        "depends: [ \"yojson\" {> \"99\"} ] | package tally: yojson > 99 is asked for, here is ",
        "depends: [ \"ocaml\" {>= \"5.0\"} ] | package tally: ocaml >= 5.0 is asked for, here is 4.13.1",
        "depends: [ \"crank\" {< \"3\"} ] | package tally: crank < 3 is asked for, the source in ",
        "depends: [ \"crank\" ]      | packages need each other: tally -> crank -> tally",
        "available: os = \"linux\"   | package tally.1.2 says that it is not available for os esp32",
        "conflicts: [ \"yojson\" {< \"99\"} ] | package tally.1.2 does not go together with yojson < 99, and yojson.",
        "depends: [ 7                | tally.opam: line 17: a name expected, the file ends",
      })
  void whatHasNoPlanIsSaidBeforeAnythingIsBuilt(String line, String expected) throws IOException {
    edit("tally/tally.opam", "depends:", "x-depends:");
    Files.writeString(
        folder.resolve("tally/tally.opam"),
        Files.readString(folder.resolve("tally/tally.opam")) + line + "\n");
    assertThat(message("tally", "crank")).contains(expected);
    assertThat(progress).isEmpty();
  }

  @Test
  void sourcesThatAreNoneOrTwo() throws IOException {
    assertThat(message("tally/src")).contains("tally/src: no opam file there");
    assertThat(message("nowhere/at/all")).endsWith("nowhere/at/all: no such file or directory");
    assertThat(message("=crock"))
        .isEqualTo(
            "package crock: no source of it within reach; give its folder, or put it into mirage/duniverse beside config.ml, or let opam find it (--opam)");
    Files.createDirectories(folder.resolve("again"));
    Files.copy(folder.resolve("tally/tally.opam"), folder.resolve("again/tally.opam"));
    assertThat(message("tally", "again")).startsWith("two sources of the package tally: ");
  }

  /** What is installed was one of several packages of a folder; the others are not meant, then and later. */
  @Test
  void whatLiesBesideAnInstalledPackageDoesNotHideTheDistributions() throws IOException {
    Files.copy(folder.resolve("tally/tally.opam"), folder.resolve("tally/lwt.opam"));
    edit("crank/crank.opam", "depends: [", "depends: [ \"lwt\"");
    for (int i = 0; i < 2; i++) {
      install("tally/tally.opam", "crank");
      assertThat(progress).noneMatch(line -> line.contains("lwt"));
      assertThat(installed.packages()).containsOnlyKeys("tally", "crank");
    }
  }

  @Test
  void aPackageThatNeedsUnixItselfIsRefused() throws IOException {
    edit("tally/src/dune", "(name tally)", "(name tally) (libraries unix)");
    assertThat(message("tally"))
        .startsWith(
            "package tally.1.2: its build failed: it cannot be built for the chip: tally (it needs unix)");
  }

  @Test
  void whatLiesInTheDuniverseIsFound() throws IOException {
    Files.createDirectories(folder.resolve("duniverse"));
    for (String name : List.of("tally", "shape", "crank", "knot")) {
      Files.move(folder.resolve(name), folder.resolve("duniverse").resolve(name));
    }
    install("=shape");
    assertThat(installed.packages()).containsOnlyKeys("shape", "tally");
    assertThat(message("=shape.0.8"))
        .contains("version 0.8 is asked for, the source in ")
        .endsWith(" is 0.9");
  }

  /** Each says what is wrong, and where. */
  @Test
  void codeThatNeedsAnOperatingSystemIsNamed() throws IOException {
    makeUnique("tally");
    edit(
        "tally/src/tally_stubs.c",
        "#include \"step.h\"",
        "#include \"step.h\"\n#include <sys/socket.h>");
    assertThat(message("tally"))
        .contains("dune build -x esp32 -p tally", "tally_stubs.c:", "sys/socket.h: No such file");
    edit("tally/src/tally_stubs.c", "#include <sys/socket.h>", "int socket(int, int, int);");
    edit("tally/src/tally_stubs.c", "Long_val(n) + STEP", "socket(1, 2, 3) + STEP");
    install("tally");
    assertThatThrownBy(() -> run("let () = print_int (Tally.count 1)", "tally"))
        .hasMessageContaining("tally_stubs.c")
        .hasMessageContaining("socket");
  }

  @Test
  void aBuildThatRunsProgramsOfTheChipFails() throws IOException {
    makeUnique("crank");
    edit(
        "crank/Makefile",
        "\tocamlfind ocamlc -package tally",
        "\techo 'int main(void) { return 0; }' > try.c && $(CC) try.c -o try && ./try\n\tocamlfind ocamlc -package tally");
    assertThat(message("crank", "tally"))
        .contains("package crank.3.1: its build failed: make lib=crank: status 2", "try", "log: ");
    assertThat(installed.packages()).isEmpty();
  }

  @Test
  void aRewriterThatIsNotThereIsNamed() throws IOException {
    makeUnique("ledger");
    edit("ledger/dune", "ppx_sexp_conv", "ppx_of_tomorrow");
    assertThat(message("ledger")).contains("Library \"ppx_of_tomorrow\" not found");
    edit("ledger/ledger.opam", "\"ppx_sexp_conv\"", "\"ppx_sexp_conv\" {>= \"v0.99\"}");
    assertThat(message("ledger"))
        .contains("package ledger: ppx_sexp_conv >= 0.99 is asked for, here is ");
  }

  /** Its files could be anywhere on findlib's path. */
  @Test
  void aRewriterThatAnotherOcamlCompiledIsNamed() throws IOException {
    makeUnique("ledger");
    edit("ledger/dune", "ppx_sexp_conv", "ppx_of_yesterday");
    edit("ledger/ledger.opam", "\"ppx_sexp_conv\"", "\"ppx_of_yesterday\"");
    rewriter("ppx_of_yesterday", "ppx_base");
    rewriter("ppx_base", "");
    Path interfaces = folder.resolve("findlib/ppx_base/ppx_base.cmi");
    Files.writeString(interfaces, "Caml1999I021 and so on");
    Files.copy(
        Distribution.host().standardLibrary().resolve("stdlib.cmi"),
        folder.resolve("findlib/ppx_of_yesterday/ppx_of_yesterday.cmi"));
    Path standard = Distribution.host().standardLibrary();
    List<Path> path =
        Stream.concat(Stream.of(folder.resolve("findlib")), Distribution.path().stream()).toList();
    Sysroot sysroot =
        Sysroot.of(
            Target.ESP32,
            List.of(),
            Distribution.of(path, standard),
            cache,
            () -> RuntimeHeaders.toolchain(Target.ESP32, cache));
    assertThatThrownBy(
            () ->
                new Installer(sysroot, cache, installed, progress::add)
                    .install(List.of(folder.resolve("ledger").toString()), List.of()))
        .hasMessageContaining(
            "its build failed: its source rewriter ppx_of_yesterday needs ppx_base 0.1: another OCaml than 4.13.1 compiled it (%s begins with Caml1999I021, not with Caml1999I"
                .formatted(interfaces));
  }

  private void rewriter(String name, String requires) throws IOException {
    Path place = Files.createDirectories(folder.resolve("findlib").resolve(name));
    Files.writeString(
        place.resolve("META"),
        "version = \"0.1\"\nrequires = \"%s\"\nlibrary_kind = \"ppx_rewriter\"\n"
            .formatted(requires));
  }

  private void edit(String file, String from, String to) throws IOException {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replace(from, to));
  }
}
