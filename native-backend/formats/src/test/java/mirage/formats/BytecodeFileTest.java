// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import mirage.formats.OcamlValue.Block;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytecode executables and marshalled values, against what OCaml itself says of them. */
class BytecodeFileTest {
  @TempDir static Path dir;
  private static Path printer;
  private static BytecodeFile file;

  @BeforeAll
  static void compile() throws Exception {
    Path source = dir.resolve("print_value.ml");
    try (InputStream in = BytecodeFileTest.class.getResourceAsStream("/ocaml/print_value.ml")) {
      Files.copy(in, source);
    }
    printer = dir.resolve("print_value.byte");
    HostTool.run("ocamlc", "-g", "-o", printer.toString(), source.toString());
    file = BytecodeFile.read("print_value.byte", Files.readAllBytes(printer));
  }

  @Test
  void marshalledValuesAreWhatOcamlPrints() throws Exception {
    Path data = dir.resolve("samples");
    String expected = HostTool.run(printer.toString(), "write", data.toString());
    byte[] bytes = Files.readAllBytes(data);
    assertThat(OcamlPrinter.print(MarshalReader.read("samples", bytes))).isEqualTo(expected);
    assertThatThrownBy(() -> MarshalReader.read("samples", Arrays.copyOf(bytes, bytes.length - 1)))
        .isInstanceOf(FormatException.class);
    Fuzz.check(bytes, damaged -> MarshalReader.read("fuzz", damaged));
  }

  @Test
  void globalsAreWhatOcamlReads() throws Exception {
    assertThat(OcamlPrinter.print(file.data()))
        .isEqualTo(HostTool.run(printer.toString(), "data", printer.toString()));
  }

  @Test
  void sectionsHaveWhatTheSourceSays() {
    assertThat(file.version()).isIn((Object[]) BytecodeFile.Version.values());
    assertThat(file.primitives()).contains("caml_create_bytes", "caml_int64_format");
    assertThat(file.globals()).containsKeys("Print_value", "Stdlib__Printf", "Not_found", "Stdlib");
    Block notFound = (Block) file.data().field(file.globals().get("Not_found"));
    assertThat(notFound.tag()).isEqualTo(OcamlTags.OBJECT);
    assertThat(file.events())
        .anySatisfy(
            event -> {
              assertThat(event.definition()).isEqualTo("Print_value.custom_name");
              assertThat(event.module()).isEqualTo("Print_value");
              assertThat(event.location().file()).endsWith("print_value.ml");
              assertThat(event.location().line()).isBetween(10, 14);
            });
  }

  /** The compiler marks where calls return: the instruction before is a call. */
  @Test
  void eventsAfterACallStandBehindCalls() {
    Bytecode code = file.code();
    BytecodeOp[] before = new BytecodeOp[code.size() + 1];
    code.instructions().forEach(instruction -> before[instruction.next()] = instruction.op());
    List<String> seen =
        file.events().stream()
            .filter(e -> e.kind() == DebugEvent.Kind.AFTER)
            .map(e -> before[e.position()].name())
            .toList();
    long calls = seen.stream().filter(op -> op.matches("(APPLY|C_CALL).*")).count();
    // A few stand behind what the peephole optimiser put after the call.
    assertThat(calls * 100 / seen.size()).isGreaterThan(90);
  }

  @Test
  void whatStandsBeforeTheSectionsIsIgnored() throws Exception {
    byte[] bytes = Files.readAllBytes(printer);
    byte[] before = "#!/usr/bin/env ocamlrun\n".getBytes(StandardCharsets.ISO_8859_1);
    byte[] both = Arrays.copyOf(before, before.length + bytes.length);
    System.arraycopy(bytes, 0, both, before.length, bytes.length);
    assertThat(BytecodeFile.read("x", both).code().words()).isEqualTo(file.code().words());
  }

  @Test
  void foreignFilesAndOtherVersionsAreNamed() throws Exception {
    assertThat(BytecodeFile.looksLikeOne("Caml1999X028".getBytes())).isTrue();
    byte[] bytes = Files.readAllBytes(printer);
    refused(ending(bytes, "Caml1999X029"), "magic 'Caml1999X029' (OCaml 4.12)");
    refused(ending(bytes, "Caml1999X032"), "magic 'Caml1999X032' (OCaml 5.0)");
    refused(ending(bytes, "Caml1999X999"), "magic 'Caml1999X999' (OCaml of another version)");
    refused(Files.readAllBytes(dir.resolve("print_value.cmo")), "a compiled unit (.cmo)");
    refused(ending(Files.readAllBytes(Path.of("/bin/sh")), ""), "an ELF file without bytecode");
    refused("let () = print_endline \"no bytecode\"".getBytes(), "'no bytecode\"'");
    refused(new byte[3], "3 bytes; allowed: a bytecode executable");
    // The same file but for the magic: opcodes and formats of the two releases are the same.
    assertThat(BytecodeFile.read("x", ending(bytes, "Caml1999X031")).version())
        .isEqualTo(BytecodeFile.Version.OCAML_4_14);
  }

  private static byte[] ending(byte[] bytes, String end) {
    byte[] changed = bytes.clone();
    byte[] last = end.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(last, 0, changed, changed.length - last.length, last.length);
    return changed;
  }

  private static void refused(byte[] bytes, String found) {
    assertThatThrownBy(() -> BytecodeFile.read("old.byte", bytes))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("old.byte: at offset 0x")
        .hasMessageContaining("found " + found)
        .hasMessageContaining("allowed: ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void damage() throws Exception {
    Path source =
        Files.writeString(
            dir.resolve("tiny.ml"),
            "external raise : exn -> 'a = \"%raise\"\nlet f x = [| 1.5; x |]\nlet () = raise Not_found\n");
    Path tiny = dir.resolve("tiny.byte");
    HostTool.run("ocamlc", "-g", "-nopervasives", "-o", tiny.toString(), source.toString());
    Fuzz.check(Files.readAllBytes(tiny), bytes -> BytecodeFile.read("fuzz", bytes));
  }
}
