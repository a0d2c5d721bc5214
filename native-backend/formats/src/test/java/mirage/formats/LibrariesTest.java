// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Static archives and bytecode libraries, made by the tools that own the formats. */
class LibrariesTest {
  @TempDir Path dir;

  @Test
  void symbolsOfAnArchive() throws Exception {
    Path source = dir.resolve("a.s");
    Files.writeString(
        source, ".data\n.global one, two\none: .word 1\ntwo: .word 2\nlocal: .word 3\n");
    Path object = dir.resolve("a.o");
    HostTool.run("xtensa-lx106-elf-as", "-o", object.toString(), source.toString());
    Path archive = dir.resolve("a.a");
    HostTool.run("xtensa-lx106-elf-ar", "rcs", archive.toString(), object.toString());
    byte[] bytes = Files.readAllBytes(archive);
    assertThat(Archive.symbols("a.a", bytes)).containsExactly("one", "two");
    Fuzz.check(bytes, damaged -> Archive.symbols("fuzz", damaged));

    Path empty = dir.resolve("empty.a");
    HostTool.run("xtensa-lx106-elf-ar", "rcs", empty.toString());
    assertThat(Archive.symbols("empty.a", Files.readAllBytes(empty))).isEmpty();
  }

  /** Short names, one that no header has room for, a size that is odd. */
  @Test
  void membersOfAnArchive() throws Exception {
    Path archive = dir.resolve("three.a");
    for (String name : List.of("short.txt", "a_name_of_more_than_16_characters.txt", "last")) {
      Files.writeString(dir.resolve(name), name);
      HostTool.run("xtensa-lx106-elf-ar", "qS", archive.toString(), dir.resolve(name).toString());
    }
    byte[] bytes = Files.readAllBytes(archive);
    List<Archive.Member> members = Archive.members("three.a", bytes);
    assertThat(members)
        .extracting(Archive.Member::name)
        .containsExactly("short.txt", "a_name_of_more_than_16_characters.txt", "last");
    assertThat(members)
        .allSatisfy(
            it ->
                assertThat(new String(it.content(), StandardCharsets.US_ASCII))
                    .isEqualTo(it.name()));
    Fuzz.check(bytes, damaged -> Archive.members("fuzz", damaged));
  }

  @Test
  void anArchiveWithoutTableSaysWhatToDo() throws Exception {
    byte[] member =
        ("!<arch>\n" + String.format("%-48s%-10s`\n", "a.txt/", "2") + "x\n")
            .getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> Archive.symbols("a.a", member)).hasMessageContaining("ranlib");
  }

  @Test
  void unitsOfABytecodeLibrary() throws Exception {
    for (String unit : new String[] {"first", "second"}) {
      Files.writeString(dir.resolve(unit + ".ml"), "let x = 1\n");
    }
    Path library = dir.resolve("both.cma");
    HostTool.run(
        "ocamlc",
        "-g",
        "-a",
        "-o",
        library.toString(),
        dir.resolve("first.ml").toString(),
        dir.resolve("second.ml").toString());
    byte[] bytes = Files.readAllBytes(library);
    assertThat(BytecodeLibrary.read("both.cma", bytes).units()).containsExactly("First", "Second");
    Fuzz.check(bytes, damaged -> BytecodeLibrary.read("fuzz", damaged));
    byte[] unit = Files.readAllBytes(dir.resolve("first.cmo"));
    assertThat(BytecodeLibrary.read("first.cmo", unit).units()).containsExactly("First");
  }
}
