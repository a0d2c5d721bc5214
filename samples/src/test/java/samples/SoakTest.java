// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code samples/http} by WiFi and somebody who asks it for a page each ten seconds, in virtual time: what lives in it stays the same.
 * {@code -Dsoak.hours=24} is how long.
 */
@Timeout(3600)
@EnabledIfSystemProperty(named = "soak.hours", matches = "[0-9]+")
class SoakTest {
  private static final int HOURS = Integer.getInteger("soak.hours", 24);
  private static final int REQUESTS = HOURS * 360;
  private static final Pattern LIVE = Pattern.compile("server: .* (\\d+) words live");

  @TempDir Path folder;

  private Tool copy(String source, String name) {
    return Tool.onCopyOf(Path.of(source), folder.resolve(name));
  }

  private static void build(Tool tool, String network) {
    assertThat(tool.run("", "configure", "-t", "esp32", "--network=" + network))
        .matches(r -> r.status() == 0);
    assertThat(tool.run("", "build")).matches(r -> r.status() == 0);
  }

  @Test
  void nothingIsKept() throws IOException {
    Tool server = copy("src/test/resources/soak-server", "server");
    copy("http/htdocs", "server/htdocs");
    Files.copy(Path.of("http/unikernel.ml"), folder.resolve("server/unikernel.ml"));
    build(server, "wifi");
    build(copy("src/test/resources/soak-client", "client"), "ethernet");
    Tool.Result result =
        new Tool(folder)
            .run(
                "",
                "-q",
                "run",
                "server",
                "client",
                "--expect",
                "answers of",
                "--",
                "--ipv4=10.0.0.1/24",
                "--",
                "--ipv4=10.0.0.2/24",
                "--requests=" + REQUESTS);
    assertThat(result.output()).contains(REQUESTS + " of " + REQUESTS + " answers of");
    List<Integer> live =
        LIVE.matcher(result.output())
            .results()
            .map(found -> Integer.valueOf(found.group(1)))
            .toList();
    System.out.println("words live, hour by hour: " + live);
    assertThat(live).hasSize(HOURS);
    int first = live.get(0);
    assertThat(live).allSatisfy(words -> assertThat(words).isBetween(first - 500, first + 500));
  }
}
