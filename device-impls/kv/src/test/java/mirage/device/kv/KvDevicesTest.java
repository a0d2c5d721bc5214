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
      List.of("mirage-kv-static", "mirage-kv-mem", "mirage-os", "lwt");

  @TempDir Path folder;

  @Test
  void implementationsHaveTheirModuleTypes() {
    Conformance.check(OcamlHost.ofClassPath(), folder, new KvDevices().implementations());
  }

  @Test
  void aCrunchedFolderIsReadAsItIsOnDisk() throws IOException {
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

    HostProgram program = crunch(program("crunched.ml"));
    Command.Result result = program.run();
    assertThat(result.output())
        .as(result.errors())
        .isEqualTo(
            """
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
                    HexFormat.of().formatHex(bytes)));
  }

  @Test
  void aMissingFolderIsSaid() {
    assertThatThrownBy(() -> generate(Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no folder t in ");
  }

  @Test
  void theSourceDateReplacesAllTimes() throws IOException {
    Files.createDirectories(folder.resolve("unikernel/t"));
    Files.writeString(folder.resolve("unikernel/t/a"), "a");
    generate(Map.of("SOURCE_DATE_EPOCH", "86401"));
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

  private Path generate(Map<String, String> environment) throws IOException {
    Path output = Files.createDirectories(folder.resolve("program"));
    Path unikernel = folder.resolve("unikernel");
    DeviceGenerator.Generated generated =
        new Crunch(environment)
            .generate(
                new DeviceGenerator.Request("Static1", Map.of("dir", "t"), unikernel, output));
    assertThat(generated.inputs()).containsExactly(unikernel.resolve("t"));
    return output;
  }

  private HostProgram crunch(String main) throws IOException {
    return OcamlHost.ofClassPath().program(generate(Map.of()), LIBRARIES, main);
  }

  /** An OCaml program among the test resources. */
  private static String program(String name) throws IOException {
    try (InputStream in = KvDevicesTest.class.getResourceAsStream("/programs/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
