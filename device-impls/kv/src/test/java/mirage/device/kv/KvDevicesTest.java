// SPDX-License-Identifier: Apache-2.0
package mirage.device.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import mirage.device.DeviceGenerator;
import mirage.device.testkit.Conformance;
import mirage.device.testkit.HostProgram;
import mirage.device.testkit.OcamlHost;
import mirage.tools.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KvDevicesTest {
  private static final List<String> LIBRARIES =
      List.of("mirage-kv-static", "mirage-kv-flash", "mirage-kv-mem", "mirage-os", "lwt");

  @TempDir Path folder;

  @Test
  void implementationsHaveTheirModuleTypes() {
    Conformance.check(OcamlHost.ofClassPath(), folder, new KvDevices().implementations());
  }

  @Test
  void aCrunchedFolderIsReadAsItIsOnDisk() throws IOException {
    String expected = files();
    Command.Result result = program(Map.of(), false, program("crunched.ml")).run();
    assertThat(result.output()).as(result.errors()).isEqualTo(expected);
  }

  @Test
  void aFolderInItsOwnPartitionIsReadAsItIsOnDisk() throws IOException {
    String expected = files();
    HostProgram program =
        program(Map.of(), true, "module Static1 = Test\n" + program("crunched.ml"));
    Path partition = folder.resolve("program/test.partition");
    long text = Files.size(folder.resolve("unikernel/t/text"));
    assertThat(Files.size(partition)).isEqualTo(16 + "foo\n".length() + text + 5000);
    Map<String, String> board = Map.of("BOARD_PARTITION", partition.toString());
    Command.Result result = program.run(board);
    assertThat(result.output()).as(result.errors()).isEqualTo(expected);

    Files.writeString(folder.resolve("unikernel/t/secret"), "bar\n");
    generate(Map.of(), true);
    assertThat(program.run(board).errors())
        .contains("flash partition test is of another build than the program");
  }

  /** Fills the folder; answers what a program shows of it. */
  private String files() throws IOException {
    Path data = Files.createDirectories(folder.resolve("unikernel/t/sub/deep"));
    Path t = folder.resolve("unikernel/t");
    Files.writeString(t.resolve("secret"), "foo\n");
    Files.writeString(t.resolve("empty"), "");
    Files.writeString(
        t.resolve("text"), "a \"quoted\" \\ line\n  blanks ahead\n\n\ttab\n %d @ {|x|}\r\n");
    byte[] bytes = new byte[5000];
    new Random(7).nextBytes(bytes);
    Files.write(data.resolve("bytes.bin"), bytes);
    Instant time = Instant.parse("2021-12-17T16:22:09Z");
    for (String name : List.of("secret", "empty", "text", "sub/deep/bytes.bin")) {
      Files.setLastModifiedTime(t.resolve(name), FileTime.from(time));
    }
    Files.setLastModifiedTime(t.resolve("secret"), FileTime.from(time.plusSeconds(86_400)));

    return """
            secret foo\\n
            empty\s
            text %s
            bytes %s
            get expecting a value for the key /sub
            get cannot find the key /none
            list empty:value secret:value sub:dictionary text:value
            list deep:dictionary
            list expecting a dictionary for the key /secret
            exists dictionary
            exists no
            digest d3b07384d113edec49eaa6238ad5ff00
            time 18978 58929000000000000
            time 18979 58929000000000000
            """
        .formatted(
            HexFormat.of().formatHex(Files.readAllBytes(t.resolve("text"))),
            HexFormat.of().formatHex(bytes));
  }

  @Test
  void aMissingFolderIsSaid() {
    assertThatThrownBy(() -> generate(Map.of(), false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no folder t in ");
  }

  @Test
  void theSourceDateReplacesAllTimes() throws IOException {
    Files.createDirectories(folder.resolve("unikernel/t"));
    Files.writeString(folder.resolve("unikernel/t/a"), "a");
    generate(Map.of("SOURCE_DATE_EPOCH", "86401"), false);
    assertThat(folder.resolve("program/static1.ml"))
        .content()
        .contains("modified = (1, 1000000000000L)")
        .doesNotContain("modified = (2");
  }

  @Test
  void aStoreInMemoryKeepsWhatIsSet() throws IOException {
    HostProgram program =
        OcamlHost.ofClassPath().program(folder, LIBRARIES, program("in_memory.ml"));
    Command.Result result = program.run();
    assertThat(result.output())
        .as(result.errors())
        .isEqualTo(
            """
            2
            expecting a value for the key /a/b
            expecting a dictionary for the key /a/b/c
            expecting a value for the key /a/b
            2000000000000
            a x
            2
            x y z
            """);
  }

  private Path generate(Map<String, String> environment, boolean partition) throws IOException {
    Path output = Files.createDirectories(folder.resolve("program"));
    Path unikernel = folder.resolve("unikernel");
    DeviceGenerator.Generated generated =
        new Crunch(environment, partition)
            .generate(
                new DeviceGenerator.Request(
                    partition ? "Test" : "Static1", Map.of("dir", "t"), unikernel, output));
    assertThat(generated.inputs()).containsExactly(unikernel.resolve("t"));
    return output;
  }

  private HostProgram program(Map<String, String> environment, boolean partition, String main)
      throws IOException {
    return OcamlHost.ofClassPath().program(generate(environment, partition), LIBRARIES, main);
  }

  /** An OCaml program among the test resources. */
  private static String program(String name) throws IOException {
    try (InputStream in = KvDevicesTest.class.getResourceAsStream("/programs/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
