// SPDX-License-Identifier: Apache-2.0
package mirage.xtensa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table against bytes and texts that other tools have written. */
class VectorTest {
  private static final String AS = "xtensa-lx106-elf-as";
  private static final String OBJCOPY = "xtensa-lx106-elf-objcopy";

  /** One line of a vector file. */
  private record Vector(String where, int address, byte[] bytes, String text) {
    int word() {
      int word = 0;
      for (int i = 0; i < bytes.length; i++) {
        word |= (bytes[i] & 0xff) << 8 * i;
      }
      return word;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lx6.tsv", "lx106.tsv"})
  void bytesDisassembleToTheText(String file) {
    for (Vector vector : read(file)) {
      String ours = Disassembler.text(vector.word(), vector.address());
      assertThat(ours.replace('\t', ' ')).as(vector.where()).isEqualTo(vector.text());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lx6.tsv", "lx106.tsv"})
  void textAssemblesToTheBytes(String file) {
    for (Vector vector : read(file)) {
      byte[] ours = Assembler.assemble(vector.text(), vector.address()).bytes();
      assertThat(ours).as(vector.where()).isEqualTo(vector.bytes());
    }
  }

  @Test
  void everyRowIsPinned() {
    Set<Opcode> pinned =
        read("lx6.tsv").stream()
            .map(v -> Decoder.opcode(v.word()))
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    assertThat(EnumSet.allOf(Opcode.class)).isEqualTo(pinned);
  }

  /** What binutils disassembled, they assemble again; labels are relative and left out. */
  @Test
  void binutilsAssembleTheTextToTheSameBytes(@TempDir Path directory) throws Exception {
    assumeTrue(isInstalled(AS), AS + " is not installed");
    List<Vector> vectors =
        read("lx106.tsv").stream().filter(v -> !v.text().contains(" 0x4")).toList();
    StringBuilder source = new StringBuilder(".begin no-transform\n");
    int size = 0;
    for (Vector vector : vectors) {
      source.append(vector.text()).append('\n');
      size += vector.bytes().length;
    }
    Path text = Files.writeString(directory.resolve("a.s"), source.append(".end no-transform\n"));
    run(directory, AS, "-o", "a.o", text.toString());
    run(directory, OBJCOPY, "-O", "binary", "-j", ".text", "a.o", "a.bin");
    byte[] all = Files.readAllBytes(directory.resolve("a.bin"));
    assertThat(all.length).isGreaterThanOrEqualTo(size);
    int at = 0;
    for (Vector vector : vectors) {
      byte[] theirs = Arrays.copyOfRange(all, at, at + vector.bytes().length);
      assertThat(theirs).as(vector.where() + " " + vector.text()).isEqualTo(vector.bytes());
      at += vector.bytes().length;
    }
  }

  private static List<Vector> read(String file) {
    List<Vector> vectors = new ArrayList<>();
    try (InputStream in = VectorTest.class.getResourceAsStream("/vectors/" + file)) {
      String[] lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n");
      for (int i = 0; i < lines.length; i++) {
        String[] parts = lines[i].split("\t");
        if (!lines[i].startsWith("#")) {
          int address = Integer.parseUnsignedInt(parts[0], 16);
          byte[] bytes = HexFormat.of().parseHex(parts[1]);
          vectors.add(new Vector(file + ":" + (i + 1), address, bytes, parts[2]));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return vectors;
  }

  private static boolean isInstalled(String tool) {
    for (String directory : System.getenv("PATH").split(":")) {
      if (Files.isExecutable(Path.of(directory, tool))) {
        return true;
      }
    }
    return false;
  }

  private static void run(Path directory, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
