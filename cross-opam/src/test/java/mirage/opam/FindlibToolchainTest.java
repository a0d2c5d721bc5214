// SPDX-License-Identifier: Apache-2.0
package mirage.opam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mirage.device.Target;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.MirageException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Works as a user does: evaluates what the command prints in a plain shell, then calls ocamlfind. */
class FindlibToolchainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir static Path shared;
  @TempDir Path folder;
  private Workshop workshop;

  @BeforeEach
  void open() throws Exception {
    workshop =
        new Workshop(folder, new BuildCache(shared))
            .library("board-led", "1.0", "lwt")
            .source("board-led", "led.ml", "external set : int -> int = \"led_set\"")
            .source(
                "board-led",
                "led.c",
                "#include <caml/mlvalues.h>\nvalue led_set(value on) { return on; }")
            .library("systemic", "1.0", "unix")
            .source("systemic", "systemic.ml", "let f = Unix.getpid");
    workshop
        .file(
            "hello.ml",
            """
            let () =
              Logs.set_reporter (Logs_fmt.reporter ());
              Logs.app (fun m -> m "%d" (match Lwt.state (Lwt.return 42) with Return n -> n | _ -> 0))
            """)
        .file("bytes.ml", "let () = ignore (Led.set 1); Cstruct.hexdump (Cstruct.of_string \"x\")");
  }

  @AfterEach
  void close() throws Exception {
    workshop.close();
  }

  private int run(String... arguments) {
    Main main = new Main(workshop.sysroot(Target.ESP32), workshop.cache);
    return main.command(List.of(arguments), stream(out), stream(err));
  }

  private Command.Result shell(String script) {
    return Command.of("sh", "-c", out.toString(StandardCharsets.UTF_8) + script)
        .in(folder)
        .execute();
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  @Test
  void ocamlfindCompilesAndLinksFromAShell() {
    assertThat(run("env")).isZero();
    assertThat(
            shell(
                "ocamlfind -toolchain esp32 ocamlc -package lwt,cstruct,logs,logs.fmt -linkpkg hello.ml -o hello.byte && ocamlrun hello.byte"))
        .isEqualTo(new Command.Result(0, "42\n", ""));
    Command.Result stubs =
        shell(
            "ocamlfind -toolchain esp32 ocamlc -package board-led,cstruct -linkpkg bytes.ml -o bytes.byte && ocamlobjinfo bytes.byte");
    assertThat(stubs.errors()).isEmpty();
    assertThat(stubs.output().substring(stubs.output().indexOf("Primitives used")))
        .contains("led_set", "caml_blit_string_to_bigstring")
        .doesNotContain("caml_terminfo_rows");
    assertThat(
            shell(
                    "ls $(dirname $OCAMLFIND_CONF)/lib/cstruct $(ocamlfind -toolchain esp32 query board-led)")
                .output())
        .contains("libcstruct_stubs.a", "libboard-led_stubs.a");
  }

  @Test
  void whatIsNotForTheChipIsRefusedByName() {
    run("env");
    workshop.file("u.ml", "let () = print_int (Unix.getpid ())");
    for (String name : List.of("unix", "lwt.unix", "threads.posix", "systemic")) {
      assertThat(
              shell(
                  "ocamlfind -toolchain esp32 ocamlc -package "
                      + name
                      + " -linkpkg u.ml -o u.byte"))
          .satisfies(
              result -> {
                assertThat(result.status()).isEqualTo(2);
                assertThat(result.errors()).contains("not available on esp32: there ");
              });
    }
    assertThat(shell("ocamlfind -toolchain esp32 ocamlopt -package lwt -linkpkg hello.ml").errors())
        .contains("not for esp32; compile with ocamlc");
    assertThat(shell("ocamlfind query unix").status()).isZero();
  }

  @Test
  void partsOfPackagesHaveDottedNames() {
    workshop
        .library("fleet.boat", "2.0")
        .source("fleet.boat", "boat.ml", "let name = \"boat\"")
        .library("logs.sea", "1.0", "fleet.boat", "lwt")
        .source("logs.sea", "sea.ml", "let log () = print_endline Boat.name")
        .library("fmt", "99")
        .source("fmt", "fmt.ml", "")
        .file("sail.ml", "let () = Sea.log (); Logs.set_level None");
    run("env");
    assertThat(
            shell(
                "ocamlfind -toolchain esp32 ocamlc -package logs.sea,logs -linkpkg sail.ml -o s.byte && ocamlrun s.byte"))
        .isEqualTo(new Command.Result(0, "boat\n", ""));
    assertThat(shell("ocamlfind -toolchain esp32 query fmt.tty").errors()).contains("not found");
    assertThat(shell("ls $(dirname $OCAMLFIND_CONF)/lib/ptime").output())
        .contains("libptime.clock.os_stubs.a");
  }

  @Test
  void librariesWrittenFor64BitsAreWarnedOf() {
    workshop
        .library("wide", "1")
        .source(
            "wide", "wide.ml", "let ok = 0x3fff_ffff and w = -0x4000_0001\nlet n = 0x1_0000_0000n");
    run("env");
    for (String check :
        List.of(
            "wide > Package `wide': OCaml library wide was written for 64 bits; numbers in it that the chip does not hold: Wide -1073741825, Wide 4294967296n",
            "compiler-libs.optcomp > Selection 2147483647")) {
      String[] parts = check.split(" > ");
      Command.Result result =
          shell(
              "ocamlfind -toolchain esp32 ocamlc -package "
                  + parts[0]
                  + " -linkpkg hello.ml -package logs.fmt,lwt -o w.byte");
      assertThat(result.status()).isZero();
      assertThat(result.errors()).contains(parts[1]);
    }
  }

  @Test
  void aSecondRunMakesNothingNew() throws Exception {
    run("env");
    String first = out.toString(StandardCharsets.UTF_8);
    List<Path> entries;
    try (var files = Files.list(workshop.cache.root())) {
      entries = files.toList();
    }
    out.reset();
    run("env");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(first);
    assertThat(workshop.cache.root().toFile().list()).hasSize(entries.size());
    workshop.source(
        "board-led",
        "led.c",
        "#include <caml/mlvalues.h>\nvalue led_set(value on) { return on + 2; }");
    run("env");
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void installsWhereAskedAndOverItselfButNotOverOthers() throws Exception {
    Path prefix = folder.resolve("with space/root");
    assertThat(run("install", "--prefix", prefix.toString())).isZero();
    assertThat(Command.of("grep", "-rIl", shared.toString(), prefix.toString()).execute().output())
        .isEmpty();
    assertThat(
            shell(
                    "ocamlfind -toolchain esp32 ocamlc -package board-led,logs.fmt,lwt -linkpkg hello.ml -o h.byte && ocamlrun h.byte")
                .output())
        .isEqualTo("42\n");
    assertThat(run("install", "--prefix", prefix.toString())).isZero();
    Files.writeString(Files.createDirectory(folder.resolve("mine")).resolve("file"), "x");
    assertThatThrownBy(() -> run("install", "--prefix", folder.resolve("mine").toString()))
        .isInstanceOf(MirageException.class)
        .hasMessageContaining("not empty and not an earlier sysroot");
    assertThat(folder.resolve("mine").toFile().list()).containsExactly("file");
  }

  @Test
  void listsWhatCanBeUsedAndKnowsItsArguments() {
    assertThat(run("list")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).lines().toList())
        .contains("board-led 1.0")
        .noneMatch(line -> line.matches("(unix|lwt.unix|systemic)( .*)?"));
    assertThat(run("install")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("usage: ");
    assertThat(run("--help")).isZero();
  }
}
