// SPDX-License-Identifier: Apache-2.0
package mirage.opam;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import mirage.device.Target;
import mirage.opam.program.OcamlBuild;
import mirage.opam.sysroot.Distribution;
import mirage.opam.sysroot.Sysroot;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages on the findlib path that are unlike our own: nobody is kept from building by one nobody uses. */
class ForeignPackagesTest {
  @TempDir Path folder;
  private Path place;
  private Workshop workshop;

  @BeforeEach
  void install() throws Exception {
    workshop = new Workshop(folder, BuildCache.user());
    place = folder.resolve("findlib");
    meta("unit", "version = \"1\"\narchive(byte) = \"single.cmo\"");
    Files.writeString(place.resolve("unit/single.ml"), "let answer = 42");
    Command.of("ocamlc", "-c", "single.ml").in(place.resolve("unit")).run();
    meta("script", "archive(byte) = \"script.js\"");
    Files.writeString(place.resolve("script/script.js"), "x");
    meta("cut", "archive(byte) = \"cut.cma\"");
    Files.writeString(place.resolve("cut/cut.cma"), "Caml1999");
    meta("gone", "archive(byte) = \"gone.cma\"");
    meta("folder", "archive(byte) = \"/\"");
    meta("torn", "archive(byte) = \"torn.cma");
    Files.write(
        meta("latin", "").resolve("META"), "# M\u00fcller".getBytes(StandardCharsets.ISO_8859_1));
    Files.createDirectories(place.resolve("locked/META"));
  }

  @AfterEach
  void close() throws Exception {
    workshop.close();
  }

  private Path meta(String name, String text) throws Exception {
    Path directory = Files.createDirectories(place.resolve(name));
    Files.writeString(directory.resolve("META"), text);
    return directory;
  }

  private Sysroot sysroot(Target target) {
    Distribution host = Distribution.host();
    List<Path> path = Stream.concat(Stream.of(place), Distribution.path().stream()).toList();
    return workshop.sysroot(target, Distribution.of(path, host.standardLibrary()));
  }

  @Test
  void othersAreBuiltWithThemAround() {
    for (Target target : Target.values()) {
      assertThat(sysroot(target).closure(List.of("cstruct", "lwt"))).hasSize(3);
    }
  }

  @Test
  void theSysrootIsWrittenAndListed() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Main main = new Main(sysroot(Target.ESP32), workshop.cache);
    assertThat(main.command(List.of("list"), out, out)).isZero();
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .contains("unit 1", "latin")
        .noneMatch(line -> line.matches("(script|cut|gone|folder|torn|locked).*"));
    String prefix = folder.resolve("sysroot").toString();
    assertThat(main.command(List.of("install", "--prefix", prefix), out, out)).isZero();
  }

  @Test
  void whoAsksForOneIsToldWhatIsWrong() {
    assertThat(sysroot(Target.UNIX).problems(List.of("script", "cut", "gone", "folder", "torn")))
        .containsExactly(
            "OCaml library script: %s/script/script.js is no bytecode of this OCaml compiler"
                .formatted(place),
            "OCaml library cut: %s/cut/cut.cma is no bytecode of this OCaml compiler"
                .formatted(place),
            "OCaml library gone: its file %s/gone/gone.cma is missing".formatted(place),
            "OCaml library folder: its file / is missing",
            "OCaml library torn: %s/torn/META: line 1: '\"' expected".formatted(place));
  }

  @Test
  void aSingleUnitIsLinkedLikeAnArchive() {
    workshop.file("main.ml", "let () = print_int Single.answer");
    OcamlBuild.Program program =
        new OcamlBuild(sysroot(Target.UNIX), workshop.cache)
            .build(
                new OcamlBuild.Request(
                    folder,
                    Path.of("main.ml"),
                    List.of(),
                    Set.of(),
                    List.of("unit"),
                    folder.resolve("build"),
                    "main"));
    assertThat(Command.of("ocamlrun", program.bytecode().toString()).run().output())
        .isEqualTo("42");
  }
}
