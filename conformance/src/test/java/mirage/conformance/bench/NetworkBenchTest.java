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
    refuses(
        2, "absent: there is no such folder", "--upstream", folder.resolve("absent").toString());
  }

  @Test
  void anotherOption() {
    refuses(2, "--upstream FOLDER; not '--upsteam ", "--upsteam", folder.toString());
  }

  @Test
  void packagesMissing() throws IOException {
    source("ethernet", "ethernet");
    source("ipaddr", "macaddr-cstruct");
    refuses(
        1,
        "has tcpip.opam arp.opam lru.opam psq.opam lwt-dllist.opam metrics.opam;",
        "--upstream",
        folder.toString());
  }

  @Test
  void twoSources() throws IOException {
    source("tcpip-7", "tcpip");
    source("tcpip-8", "tcpip");
    refuses(1, "has tcpip.opam more than once", "--upstream", folder.toString());
  }

  private void source(String checkout, String name) throws IOException {
    Files.writeString(
        Files.createDirectory(folder.resolve(checkout)).resolve(name + ".opam"),
        "opam-version: \"2.0\"\n");
  }

  /** It ends with this status, and one line that has these words. */
  private static void refuses(int status, String words, String... arguments) {
    Command.Result result = Command.of(SCRIPT, arguments).execute();
    assertThat(result.status()).isEqualTo(status);
    assertThat(result.errors()).hasLineCount(1).contains(words);
  }
}
