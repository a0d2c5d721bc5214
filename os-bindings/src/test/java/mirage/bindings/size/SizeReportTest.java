// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import mirage.bindings.link.BackEnd;
import mirage.bindings.link.LinkOptions;
import mirage.bindings.link.LinkRequest;
import mirage.bindings.link.Linker;
import mirage.device.Target;
import mirage.formats.Elf32;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.MirageException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class SizeReportTest {
  @TempDir static Path dir;
  private static SizeReport report;

  @BeforeAll
  static void link() throws Exception {
    Path source = Files.writeString(dir.resolve("hello.ml"), "let () = Printf.printf \"%d\" 1\n");
    Path bytecode = dir.resolve("hello.byte");
    Command.of("ocamlc", "-o", bytecode.toString(), source.toString()).run();
    Linker.of(Target.ESP32, BuildCache.user())
        .link(new LinkRequest("hello", bytecode, List.of(), Map.of(), dir, LinkOptions.DEFAULT));
    report = SizeReport.read("hello", dir);
  }

  @Test
  void sumsAreThoseOfTheSections() throws Exception {
    Elf32 elf = Elf32.read("elf", Files.readAllBytes(dir.resolve("hello.elf")));
    int flash = 0;
    for (String section : List.of(".drom", ".irom", ".iram", ".data")) {
      flash += elf.section(section).orElseThrow().size();
    }
    assertThat(report.flashBytes()).isEqualTo(flash);
    assertThat(report.ramBytes())
        .isEqualTo(
            elf.section(".data").orElseThrow().size() + elf.section(".bss").orElseThrow().size());
    int ram =
        elf.symbol("__heap_end").orElseThrow().value()
            - elf.section(".bss").orElseThrow().address();
    assertThat(report.ramBytes() + report.heapBytes()).isCloseTo(ram, within(16));
  }

  @Test
  void modulesAndLibrariesAreNamed() {
    assertThat(report.contributions())
        .anySatisfy(c -> named(c, "stdlib", "CamlinternalFormat", Area.BYTECODE))
        .anySatisfy(c -> named(c, "program", "Hello", Area.BYTECODE))
        .anySatisfy(c -> named(c, "camlrun", "interpreter", Area.MACHINE_CODE))
        .anySatisfy(c -> named(c, "program", "OCaml constants", Area.CONSTANTS));
    int gaps =
        report.contributions().stream()
            .filter(c -> c.module().equals("(alignment)"))
            .mapToInt(Contribution::bytes)
            .sum();
    assertThat(gaps).isLessThan(6000);
  }

  @Test
  void compiledCodeIsNamedToo(@TempDir Path folder) throws Exception {
    Path source = Files.writeString(folder.resolve("hello.ml"), "let () = Printf.printf \"%d\" 1");
    Path bytecode = folder.resolve("hello.byte");
    Command.of("ocamlc", "-g", "-o", bytecode.toString(), source.toString()).run();
    Linker.of(Target.ESP32, BuildCache.user())
        .link(
            new LinkRequest(
                "hello",
                bytecode,
                List.of(),
                Map.of(),
                folder,
                LinkOptions.DEFAULT.with(BackEnd.NATIVE)));
    SizeReport compiled = SizeReport.read("hello", folder);
    assertThat(compiled.contributions())
        .anySatisfy(c -> named(c, "stdlib", "CamlinternalFormat", Area.MACHINE_CODE))
        .anySatisfy(c -> named(c, "program", "frame tables", Area.CONSTANTS))
        .noneMatch(c -> c.library().equals("program") && c.bytes() > compiled.flashBytes() / 5);
  }

  private static void named(Contribution c, String library, String module, Area area) {
    assertThat(c.library()).isEqualTo(library);
    assertThat(c.module()).isEqualTo(module);
    assertThat(c.area()).isEqualTo(area);
  }

  @Test
  void textHasTotals() {
    assertThat(report.text())
        .contains("stdlib", "CamlinternalFormat", "total", "left for heap")
        .contains(String.valueOf(report.flashBytes()));
  }

  @Test
  void pageStandsAloneAndItsDrawingsAreWellFormed() throws Exception {
    String page = report.html();
    assertThat(page).doesNotContain("http").doesNotContain("<script");
    int drawings = 0;
    for (int at = page.indexOf("<svg"); at >= 0; at = page.indexOf("<svg", at + 1)) {
      String svg = page.substring(at, page.indexOf("</svg>", at) + 6);
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(svg)));
      drawings++;
    }
    assertThat(drawings).isEqualTo(2);
  }

  @Test
  void tilesFillTheRectangleInProportion() {
    Map<String, Integer> weights = Map.of("a", 50, "b", 30, "c", 15, "d", 5, "none", 0);
    List<Treemap.Tile> tiles = Treemap.layout(weights, 10, 20, 200, 100);
    assertThat(tiles).hasSize(4);
    for (Treemap.Tile tile : tiles) {
      assertThat(tile.width() * tile.height()).isCloseTo(tile.weight() * 200.0, within(1e-6));
      assertThat(tile.x()).isGreaterThanOrEqualTo(10 - 1e-9);
      assertThat(tile.x() + tile.width()).isLessThanOrEqualTo(210 + 1e-9);
      assertThat(tile.y() + tile.height()).isLessThanOrEqualTo(120 + 1e-9);
    }
  }

  @Test
  void nothingBuiltIsSaidInOneMessage() {
    assertThatThrownBy(() -> SizeReport.read("nothing", dir))
        .isInstanceOf(MirageException.class)
        .hasMessageContaining("nothing.elf")
        .hasMessageContaining("build");
  }
}
