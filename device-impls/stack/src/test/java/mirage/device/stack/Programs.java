// SPDX-License-Identifier: Apache-2.0
package mirage.device.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mirage.device.testkit.HostProgram;
import mirage.device.testkit.OcamlHost;
import mirage.tools.Command;

/** The OCaml programs of {@code programs/} among the test resources, on the board with virtual time. */
final class Programs {
  private static final List<String> LIBRARIES =
      List.of(
          "arp.mirage",
          "charrua-client.mirage",
          "charrua-server",
          "cstruct",
          "ethernet",
          "ipaddr",
          "logs",
          "lwt",
          "macaddr",
          "mirage-net-wire",
          "mirage-os",
          "mirage-random-hardware",
          "tcpip",
          "tcpip.icmpv4",
          "tcpip.ipv4",
          "tcpip.ipv6",
          "tcpip.stack-direct",
          "tcpip.tcp",
          "tcpip.udp");

  private Programs() {}

  /** Compiles a program, with the hosts of {@code stacks.ml} and {@code dual.ml}. */
  static HostProgram compile(String name) {
    try {
      Path folder = Files.createTempDirectory(Path.of("target"), name).toAbsolutePath();
      return OcamlHost.ofClassPath()
          .program(
              folder,
              LIBRARIES,
              Map.of(
                  "stacks.ml", source("stacks.ml"),
                  "dual.ml", source("dual.ml"),
                  "main.ml", source(name + ".ml")));
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
