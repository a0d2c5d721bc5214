// SPDX-License-Identifier: Apache-2.0
package mirage.device.wifi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mirage.device.testkit.HostProgram;
import mirage.device.testkit.OcamlHost;
import mirage.tools.Command;

/** The OCaml programs of {@code programs/} among the test resources, on the board with virtual time. */
final class Programs {
  private static final List<String> LIBRARIES =
      List.of(
          "cstruct",
          "ieee80211",
          "logs",
          "lwt",
          "macaddr",
          "mirage-os",
          "mirage-random-hardware",
          "wifi-mac",
          "wpa");

  private Programs() {}

  /** Compiles a program, with other files it uses. */
  static HostProgram compile(String name, String... others) {
    try {
      Path folder = Files.createTempDirectory(Path.of("target"), name).toAbsolutePath();
      Map<String, String> sources = new LinkedHashMap<>();
      sources.put("main.ml", source(name + ".ml"));
      for (String other : others) {
        sources.put(other + ".ml", source(other + ".ml"));
      }
      return OcamlHost.ofClassPath().program(folder, LIBRARIES, sources);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a run prints. */
  static String output(HostProgram program, String... arguments) {
    Command.Result result = program.run(arguments);
    assertThat(result.status()).as(result.output() + result.errors()).isZero();
    return result.output();
  }

  private static String source(String name) throws IOException {
    try (InputStream in = Programs.class.getResourceAsStream("/programs/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
