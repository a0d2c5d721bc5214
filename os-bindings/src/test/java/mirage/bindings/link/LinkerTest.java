// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mirage.bindings.program.Program;
import mirage.device.FlashData;
import mirage.device.Target;
import mirage.formats.Elf32;
import mirage.formats.EspImage;
import mirage.formats.FlashImage;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.MirageException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinkerTest {
  private static final String HELLO =
      """
      let () = Printf.printf "Hello %s, %d\\n%!" (String.concat " " (List.tl (Array.to_list Sys.argv))) 42
      """;

  @TempDir Path dir;
  private Path output;

  @BeforeEach
  void outputDirectory() {
    output = dir.resolve("dist");
  }

  private Path compile(String source, String... options) throws Exception {
    Path file = Files.writeString(dir.resolve("hello.ml"), source);
    Path program = dir.resolve("hello.byte");
    Command.of("ocamlc", "-g", "-o", program.toString()).with(options).with(file.toString()).run();
    return program;
  }

  private LinkRequest request(Path bytecode, LinkOptions options) {
    return new LinkRequest("hello", bytecode, List.of(), Map.of(), output, options);
  }

  private LinkResult link(Target target, LinkRequest request) {
    return Linker.of(target, BuildCache.user()).link(request);
  }

  @Test
  void hostProgramRuns() throws Exception {
    LinkResult result = link(Target.UNIX, request(compile(HELLO), LinkOptions.DEFAULT));
    assertThat(result.executable()).isEqualTo(output.resolve("hello"));
    assertThat(Command.of(result.executable().toString(), "big", "world").run().output())
        .isEqualTo("Hello big world, 42\n");
  }

  @Test
  void chipImageHoldsLoaderTableAndApplication() throws Exception {
    Path kv = Files.writeString(dir.resolve("kv"), "content");
    LinkRequest request =
        new LinkRequest(
            "hello",
            compile(HELLO),
            List.of(),
            Map.of("kv", new FlashData(kv, true)),
            output,
            LinkOptions.DEFAULT);
    LinkResult result = link(Target.ESP32, request);
    assertThat(result.warnings()).isEmpty();
    Path file = result.image().orElseThrow();
    FlashImage image = FlashImage.read("hello.bin", Files.readAllBytes(file));
    assertThat(image.table().partitions().stream().map(p -> p.label()))
        .containsExactly("args", "kv", "app");
    assertThat(image.table().partitions().stream().map(p -> p.flags())).containsExactly(0, 2, 0);
    assertThat(image.contents().get("kv")).startsWith("content".getBytes());
    EspImage app = EspImage.read("app", image.contents().get("app"));
    Elf32 elf = Elf32.read("elf", Files.readAllBytes(result.executable()));
    assertThat(app.entry()).isEqualTo(elf.symbol("_start").orElseThrow().value());
    // Placed behind one another: nothing is lost to alignment.
    assertThat(app.segments()).hasSize(4).allMatch(segment -> segment.address() != 0);
    assertThat(Files.size(file)).isLessThan(300 * 1024);
    Elf32.Symbol stdlib = elf.symbol("ocaml::Stdlib").orElseThrow();
    assertThat(stdlib.size()).isPositive();
  }

  @Test
  void theSameInputGivesTheSameFiles() throws Exception {
    LinkRequest request = request(compile(HELLO), LinkOptions.DEFAULT);
    Path image = link(Target.ESP32, request).image().orElseThrow();
    byte[] first = Files.readAllBytes(image);
    byte[] firstElf = Files.readAllBytes(output.resolve("hello.elf"));
    String firstMap = Files.readString(output.resolve("hello.map"));
    link(Target.ESP32, request);
    assertThat(Files.readAllBytes(image)).isEqualTo(first);
    assertThat(Files.readAllBytes(output.resolve("hello.elf"))).isEqualTo(firstElf);
    assertThat(Files.readString(output.resolve("hello.map"))).isEqualTo(firstMap);
  }

  @Test
  void missingPrimitivesAreAllNamedWithTheirCallers() throws Exception {
    Path primitives = Files.writeString(dir.resolve("prims"), "");
    String known = Command.of("ocamlrun", "-p").run().output();
    Files.writeString(primitives, known + "no_such_thing\nnor_this\n");
    String source =
        "external a : int -> int = \"no_such_thing\"\nexternal b : int -> int = \"nor_this\"\nlet () = exit (a 1 + b 2)\n";
    Path bytecode = compile(source, "-use-prims", primitives.toString());
    for (Target target : Target.values()) {
      assertThatThrownBy(() -> link(target, request(bytecode, LinkOptions.DEFAULT)))
          .isInstanceOf(MirageException.class)
          .hasMessageContaining("no_such_thing, called by Hello")
          .hasMessageContaining("nor_this, called by Hello");
      assertThat(output).doesNotExist();
    }
  }

  @Test
  void applicationLargerThanItsPartitionIsRefusedWithBothNumbers() throws Exception {
    LinkOptions options =
        new LinkOptions(
            BackEnd.BYTECODE,
            Program.Options.DEFAULT,
            4 << 20,
            0x10000,
            Map.of(),
            Map.of(),
            Optional.empty());
    assertThatThrownBy(() -> link(Target.ESP32, request(compile(HELLO), options)))
        .isInstanceOf(MirageException.class)
        .hasMessageMatching(
            "hello: the application image has 1\\d\\d\\d\\d\\d bytes, its partition 65536;.*");
    assertThat(output).doesNotExist();
  }

  @Test
  void partitionsBeyondTheFlashAreRefusedWithBothNumbers() throws Exception {
    LinkOptions options =
        new LinkOptions(
            BackEnd.BYTECODE,
            Program.Options.DEFAULT,
            1 << 20,
            0x80000,
            Map.of("kv", 0x80000),
            Map.of(),
            Optional.empty());
    assertThatThrownBy(() -> link(Target.ESP32, request(compile(HELLO), options)))
        .hasMessage(
            "hello: the partitions need 1114112 bytes of flash, the chip has 1048576; make them smaller (--partitions), or name a larger chip (--flash-size)");
  }

  @Test
  void wideIntegersAreWarnedOfWithTheirPlace() throws Exception {
    String source =
        """
        let f x = x + 1
        let mask x = x land 0xFFFF_FFFF
        let () =
          print_int (f 0x4000_0000);
          print_int
            (mask 0x3FFF_FFFF)
        let () = print_string (Nativeint.to_string (Sys.opaque_identity 0x1_0000_0002n))
        """;
    LinkResult result = link(Target.ESP32, request(compile(source), LinkOptions.DEFAULT));
    assertThat(result.warnings())
        .extracting(warning -> warning.substring(warning.indexOf("hello.ml")))
        .containsExactlyInAnyOrder(
            "hello.ml:2: 4294967295 does not fit the 31 bits of int; on the chip it is -1",
            "hello.ml:4: 1073741824 does not fit the 31 bits of int; on the chip it is -1073741824",
            "hello.ml:7: 4294967298n does not fit the 32 bits of nativeint; on the chip it is 2n");
  }

  @ParameterizedTest
  @EnumSource(BackEnd.class)
  void codeLoadedAtRunTimeIsWarnedOf(BackEnd backEnd) throws Exception {
    Path source = Files.writeString(dir.resolve("loads.ml"), "let () = Dynlink.loadfile \"x\"");
    Path bytecode = dir.resolve("loads.byte");
    Command.of("ocamlc", "-o", bytecode.toString(), "dynlink.cma", source.toString()).run();
    LinkResult result =
        link(Target.ESP32, request(bytecode, LinkOptions.DEFAULT.with(backEnd).withWholeFlash()));
    assertThat(result.warnings())
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .startsWith("hello: code cannot be loaded at run time on the chip (")
                    .contains("caml_reify_bytecode", "called by Dynlink", "gets an exception"));
  }
}
