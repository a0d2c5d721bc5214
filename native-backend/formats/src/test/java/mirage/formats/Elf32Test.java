// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mirage.formats.Elf32.Binding;
import mirage.formats.Elf32.Kind;
import mirage.formats.Elf32.Relocation;
import mirage.formats.Elf32.Section;
import mirage.formats.Elf32.Symbol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Elf32Test {
  private static final String PREFIX = "xtensa-lx106-elf-";

  private static final Elf32 OBJECT =
      Elf32.xtensaObject(
          List.of(
              Section.of(
                  ".text", Elf32.SHF_ALLOC | Elf32.SHF_EXECINSTR, 4, new byte[16], List.of()),
              Section.of(
                  ".rodata.table",
                  Elf32.SHF_ALLOC,
                  4,
                  new byte[] {1, 0, 0, 0, 0, 0, 0, 0},
                  List.of(
                      new Relocation(0, Elf32.R_XTENSA_32, 2, 4),
                      new Relocation(4, Elf32.R_XTENSA_32, 0, 8))),
              Section.zeros(".bss.globals", 4, 64)),
          List.of(
              new Symbol("local", Binding.LOCAL, Kind.OBJECT, 0, 4, 4),
              Symbol.object("table", 1, 0, 8),
              Symbol.undefined("outside"),
              Symbol.object("globals", 2, 0, 64)));

  @TempDir Path dir;

  @Test
  void readsWhatItWrites() {
    assertThat(Elf32.read("x.o", OBJECT.write())).isEqualTo(OBJECT);
  }

  @Test
  void binutilsReadWhatWeWriteAndLinkIt() throws Exception {
    Path object = Files.write(dir.resolve("x.o"), OBJECT.write());
    String listing = HostTool.run(PREFIX + "readelf", "-aW", object.toString());
    assertThat(listing)
        .contains("Tensilica Xtensa Processor")
        .containsPattern("R_XTENSA_32 +00000000 +outside \\+ 4")
        .containsPattern("R_XTENSA_32 +00000004 +local \\+ 8")
        .containsPattern("NOBITS +00000000 [0-9a-f]+ 000040")
        .doesNotContain("Warning")
        .doesNotContain("Error");
    Path linked = dir.resolve("x.elf");
    Path script = dir.resolve("x.ld");
    Files.writeString(
        script,
        """
        outside = 0x12345678;
        SECTIONS {
          .text 0x40100000 : { *(.text) }
          .rodata.table 0x3F400000 : { *(.rodata.table) }
          .bss 0x3FFB0000 : { *(.bss.globals) }
        }
        """);
    HostTool.run(
        PREFIX + "ld",
        "-T",
        script.toString(),
        "-e",
        "table",
        "-o",
        linked.toString(),
        object.toString());
    Elf32 elf = Elf32.read("x.elf", Files.readAllBytes(linked));
    assertThat(elf.type()).isEqualTo(Elf32.EXECUTABLE);
    assertThat(elf.entry()).isEqualTo(0x3F400000);
    assertThat(elf.symbol("globals").orElseThrow().value()).isEqualTo(0x3FFB0000);
    // The linker adds the addend to what stands in the place, as R_XTENSA_32 says.
    assertThat(elf.section(".rodata.table").orElseThrow().data())
        .isEqualTo(new byte[] {0x7D, 0x56, 0x34, 0x12, 0x0C, 0, 0x10, 0x40});
    assertThat(elf.segments()).anyMatch(s -> s.address() == 0x3FFB0000 && s.memorySize() == 64);
  }

  @Test
  void readsWhatTheAssemblerMakes() throws Exception {
    Path source = dir.resolve("y.s");
    Files.writeString(
        source,
        """
        .section .text.f, "ax"
        .global f
        .type f, @function
        f:
          movi a2, data
          call0 g
          ret
        .size f, . - f
        .data
        data: .word f
        """);
    Path object = dir.resolve("y.o");
    HostTool.run(PREFIX + "as", "-o", object.toString(), source.toString());
    Elf32 elf = Elf32.read("y.o", Files.readAllBytes(object));
    Symbol f = elf.symbol("f").orElseThrow();
    assertThat(f.kind()).isEqualTo(Kind.FUNCTION);
    Section text = elf.sections().get(f.section());
    assertThat(text.name()).isEqualTo(".text.f");
    assertThat(text.relocations())
        .anySatisfy(
            r -> {
              assertThat(r.type()).isEqualTo(Elf32.R_XTENSA_SLOT0_OP);
              assertThat(elf.symbols().get(r.symbol()).name()).isEqualTo("g");
            });
    Fuzz.check(Files.readAllBytes(object), bytes -> Elf32.read("fuzz", bytes));
  }

  @Test
  void foreignFilesAreNamed() {
    assertThatThrownBy(() -> Elf32.read("a.txt", "#!/bin/sh\n".repeat(10).getBytes()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("a.txt")
        .hasMessageContaining("ELF");
  }

  @Test
  void damage() {
    Fuzz.check(OBJECT.write(), bytes -> Elf32.read("fuzz", bytes));
  }
}
