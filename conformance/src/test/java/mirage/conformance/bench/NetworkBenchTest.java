// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mirage.tools.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mirage bench net} says when it is asked for what it cannot measure. */
class NetworkBenchTest {
  private static final String SCRIPT =
      Path.of("..", "bench", "network").toAbsolutePath().normalize().toString();

  @TempDir Path folder;

  @Test
  void noFolder() {
    Command.Result result = bench("--upstream", folder.resolve("absent").toString());
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.errors()).hasLineCount(1).contains("absent: there is no such folder");
  }

  @Test
  void anotherOption() {
    Command.Result result = bench("--upsteam", folder.toString());
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.errors()).hasLineCount(1).contains("--upstream FOLDER; not '--upsteam ");
  }

  @Test
  void packagesMissing() throws IOException {
    source("ethernet", "ethernet");
    source("ipaddr", "macaddr-cstruct");
    Command.Result result = bench("--upstream", folder.toString());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.errors())
        .hasLineCount(1)
        .contains("has tcpip.opam arp.opam lru.opam psq.opam lwt-dllist.opam metrics.opam;");
  }

  @Test
  void twoSources() throws IOException {
    source("tcpip-7", "tcpip");
    source("tcpip-8", "tcpip");
    Command.Result result = bench("--upstream", folder.toString());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.errors()).hasLineCount(1).contains("has tcpip.opam more than once");
  }

  private void source(String checkout, String name) throws IOException {
    Files.writeString(
        Files.createDirectory(folder.resolve(checkout)).resolve(name + ".opam"),
        "opam-version: \"2.0\"\n");
  }

  private static Command.Result bench(String... arguments) {
    return Command.of(SCRIPT, arguments).execute();
  }
}
