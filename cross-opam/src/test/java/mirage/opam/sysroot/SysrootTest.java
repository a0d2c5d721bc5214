// SPDX-License-Identifier: Apache-2.0
package mirage.opam.sysroot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mirage.device.Target;
import mirage.opam.Workshop;
import mirage.tools.Command;
import mirage.tools.MirageException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SysrootTest {
  @TempDir Path folder;
  private Workshop workshop;

  @BeforeEach
  void open() throws Exception {
    workshop =
        new Workshop(folder)
            .library("shapes", "1.0")
            .source("shapes", "zero.ml", "let z = One.x - 1")
            .source("shapes", "one.ml", "let x = 1")
            .source("shapes", "one.mli", "val x : int")
            .library("led", "0.3", "shapes", "lwt")
            .source(
                "led", "led.ml", "external set : int -> int = \"led_set\" let t = Lwt.return One.x")
            .source("led", "led_stubs.c", LED)
            .source("led", "led_registers.h", "#define LED_PIN 2\n")
            .library("plain", "1.0")
            .source("plain", "plain.ml", "let p = 1");
  }

  private static final String LED =
      """
      #include <caml/mlvalues.h>
      #include "board.h"
      #include "led_registers.h"
      value led_set(value on) { return Val_int(Int_val(on) + LED_PIN); }
      """;

  @AfterEach
  void close() throws Exception {
    workshop.close();
  }

  @Test
  void compilesJarLibrariesInTheirOwnOrderAndThatOfRequirements() {
    List<Library> closure = workshop.sysroot(Target.UNIX).closure(List.of("led"));
    assertThat(closure).extracting(Library::name).containsExactly("shapes", "bytes", "lwt", "led");
    Library led = closure.get(3);
    assertThat(led.directory()).isDirectoryContaining("glob:**/led.{cmi,cma,cmt,ml}");
    assertThat(closure.get(0).directory())
        .isDirectoryContaining("glob:**/one.{cmi,cmti,mli}")
        .isDirectoryNotContaining("glob:**.cmo");
    assertThat(closure.get(2).origin()).isEqualTo(Library.Origin.DISTRIBUTION);
  }

  @Test
  void rebuildsOnlyWhatDependsOnAChange() throws Exception {
    List<String> all = List.of("led", "plain", "shapes");
    workshop.sysroot(Target.UNIX).closure(all);
    assertThat(entries("lib-")).hasSize(3);
    workshop.sysroot(Target.UNIX).closure(all);
    assertThat(entries("lib-")).hasSize(3);

    workshop.source("plain", "plain.ml", "let p = 2");
    workshop.sysroot(Target.UNIX).closure(all);
    assertThat(entries("lib-plain-")).hasSize(2);
    assertThat(entries("lib-")).hasSize(4);

    workshop.source("shapes", "zero.ml", "let z = 0");
    workshop.sysroot(Target.UNIX).closure(all);
    assertThat(entries("lib-shapes-")).hasSize(2);
    assertThat(entries("lib-led-")).hasSize(2);
    assertThat(entries("lib-")).hasSize(6);
    assertThat(entries("stubs-unix-led-")).hasSize(1);

    workshop.source("led", "led_registers.h", "#define LED_PIN 5\n");
    workshop.sysroot(Target.UNIX).closure(all);
    assertThat(entries("lib-")).hasSize(6);
    assertThat(entries("stubs-unix-led-")).hasSize(2);
  }

  @Test
  void bytecodeIsSharedByTheTargetsAndStubsAreNot() throws Exception {
    Path unix = last(workshop.sysroot(Target.UNIX).closure(List.of("led"))).directory();
    Library led = last(workshop.sysroot(Target.ESP32).closure(List.of("led")));
    assertThat(led.directory()).isEqualTo(unix);
    assertThat(led.stubs()).singleElement().asString().endsWith("/libled_stubs.a");
    assertThat(Command.of("xtensa-lx106-elf-nm", led.stubs().get(0).toString()).run().output())
        .contains(" T led_set");
    assertThat(Command.of("xtensa-lx106-elf-objdump", "-d", led.stubs().get(0).toString()).run())
        .extracting(Command.Result::output)
        .asString()
        .contains("elf32-xtensa-le");
    assertThat(Files.list(led.stubs().get(0).getParent())).hasSize(1);
  }

  @Test
  void stubsOfADistributionLibraryRunOnTheChipsSide() {
    Library cstruct = last(workshop.sysroot(Target.ESP32).closure(List.of("cstruct")));
    String symbols =
        Command.of("xtensa-lx106-elf-nm", cstruct.stubs().get(0).toString()).run().output();
    assertThat(symbols)
        .contains(" T caml_blit_bigstring_to_bigstring", " T caml_blit_bigstring_to_string")
        .contains(" T caml_blit_string_to_bigstring", " T caml_compare_bigstring")
        .contains(" T caml_fill_bigstring", " T caml_check_alignment_bigstring");
    // mtime is not among the packages that ./setup installs.
    Stream<String> optional =
        Stream.of("mtime.clock.os").filter(workshop.sysroot(Target.ESP32)::has);
    for (String name : Stream.concat(Stream.of("ptime.clock.os", "str"), optional).toList()) {
      assertThat(last(workshop.sysroot(Target.ESP32).closure(List.of(name))).stubs()).hasSize(1);
    }
    assertThat(last(workshop.sysroot(Target.UNIX).closure(List.of("cstruct"))).stubs())
        .containsExactly(cstruct.directory().resolve("libcstruct_stubs.a"));
  }

  @Test
  void systemLibrariesAreRefusedOnTheChipWithWhoAsksForThem() {
    workshop.library("greedy", "1", "lwt.unix", "threads").source("greedy", "greedy.ml", "");
    assertThatThrownBy(() -> workshop.sysroot(Target.ESP32).closure(List.of("greedy", "unix")))
        .isInstanceOf(MirageException.class)
        .hasMessage(
            """
            OCaml library lwt.unix: not available on esp32: there is no operating system on the chip; use the devices of the unikernel's config.ml (asked for by greedy -> lwt.unix)
            OCaml library threads: not available on esp32: there are no system threads on the chip; use Lwt's promises (asked for by greedy -> threads)
            OCaml library unix: not available on esp32: there is no operating system on the chip; use the devices of the unikernel's config.ml"""
                .stripIndent());
    assertThat(workshop.sysroot(Target.ESP32).usable("greedy")).isFalse();
    assertThat(workshop.sysroot(Target.UNIX).usable("lwt.unix")).isTrue();
  }

  @Test
  void missingLibrariesNameTheirPackageAndWhoAsks() {
    workshop.library("hungry", "1", "asn1-combinators", "nowhere").source("hungry", "h.ml", "");
    assertThatThrownBy(() -> workshop.sysroot(Target.UNIX).closure(List.of("hungry")))
        .hasMessageContaining(
            "OCaml library nowhere: not installed, and no jar on the class path offers it (asked for by hungry -> nowhere)");
  }

  @Test
  void mistakesInAJarSayWhichJarAndWhat() {
    workshop
        .library("ill", "1")
        .source("ill", "ill.ml", "let x : int = \"\"")
        .library("loop", "1", "pool")
        .source("loop", "loop.ml", "")
        .library("pool", "1", "loop")
        .source("pool", "pool.ml", "");
    assertThatThrownBy(() -> workshop.sysroot(Target.UNIX).closure(List.of("ill")))
        .hasMessageContaining("OCaml library ill of " + folder.resolve("jar"))
        .hasMessageContaining("File \"ill.ml\", line 1, characters 14-16:");
    assertThatThrownBy(() -> workshop.sysroot(Target.UNIX).closure(List.of("loop")))
        .hasMessageStartingWith("OCaml libraries require each other: loop -> pool -> loop");
    workshop.source("led", "led_stubs.c", "value led_set(");
    assertThatThrownBy(() -> workshop.sysroot(Target.ESP32).closure(List.of("led")))
        .hasMessageStartingWith("C stubs of the OCaml library led: xtensa-lx106-elf-gcc failed");
    workshop.library("plain", "2.0");
    assertThatThrownBy(() -> workshop.sysroot(Target.UNIX))
        .hasMessageContaining("two jars offer the OCaml library plain for unix");
  }

  @Test
  void aLibraryBuildsTheSameWhereverTheCacheLies() throws Exception {
    Path one = last(workshop.sysroot(Target.UNIX).closure(List.of("shapes"))).directory();
    Path kept = folder.resolve("kept.cma");
    Files.copy(one.resolve("shapes.cma"), kept);
    Files.move(folder.resolve("cache"), folder.resolve("elsewhere"));
    Path two = last(workshop.sysroot(Target.UNIX).closure(List.of("shapes"))).directory();
    assertThat(two.resolve("shapes.cma")).hasSameBinaryContentAs(kept);
    assertThat(new String(Files.readAllBytes(kept), java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain(folder.toString());
  }

  private static Library last(List<Library> libraries) {
    return libraries.get(libraries.size() - 1);
  }

  private List<String> entries(String prefix) throws IOException {
    try (Stream<Path> entries = Files.list(workshop.cache.root())) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.startsWith(prefix))
          .toList();
    }
  }
}
