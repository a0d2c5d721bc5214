// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code --wifi-mode}, and what a board says of a network that it cannot have; {@code samples/ping} unchanged. */
@Timeout(300)
class WifiModeTest {
  @TempDir static Path folder;
  private static Tool tool;

  @BeforeAll
  static void build() {
    for (String mode : new String[] {"station", "ap", "none"}) {
      Tool one = Tool.onCopyOf(Path.of("ping"), folder.resolve(mode));
      assertThat(
              one.run(
                  "",
                  "configure",
                  "-t",
                  "esp32",
                  "--backend",
                  "bytecode",
                  "--network=wifi",
                  "--wifi-mode=" + mode))
          .matches(r -> r.status() == 0);
      assertThat(one.run("", "build")).matches(r -> r.status() == 0);
    }
    tool = new Tool(folder);
  }

  private static String run(int status, String... words) {
    Tool.Result result =
        tool.run(
            "", Stream.concat(Stream.of("-q", "run"), Arrays.stream(words)).toArray(String[]::new));
    assertThat(result.status()).as(result.output()).isEqualTo(status);
    return result.output();
  }

  /** The network of one board is joined by another. */
  @Test
  void aBoardIsTheAccessPointOfAnother() {
    String[] words = {
      "ap=ap",
      "station=station",
      "--timeout",
      "60",
      "--expect",
      "came back",
      "--",
      "--ssid=boards",
      "--passphrase=correct horse",
      "--ipv4=10.0.0.1/24",
      "--",
      "--ssid=boards",
      "--passphrase=correct horse",
      "--ipv4=10.0.0.2/24",
      "--peer=10.0.0.1"
    };
    assertThat(run(0, words))
        .containsPattern("(?m)^ap: .* \\[wifi\\] access point is up$")
        .containsPattern("(?m)^ap: .* \\[wifi\\] 24:0a:c4:00:01:14 has joined$")
        .containsPattern("(?m)^station: .* \\[wifi\\] joined \"boards\" .* on channel 1, .*, WPA2$")
        .contains("4 of 4 came back");
  }

  @Test
  void aBoardThatIsToldNothingStaysAlone() {
    String output = run(1, "none", "--timeout", "20", "--", "--ssid=mirage", "--ipv4=10.0.0.1/24");
    assertThat(output).contains("10.0.0.1 answers").doesNotContain("joined", "access point");
  }

  /** Each failure is told, and tried again, later and later. */
  @Test
  void aNetworkThatIsNotThereIsLookedForAgain() {
    String output =
        run(1, "station", "--timeout", "40", "--", "--ssid=nobody", "--ipv4=10.0.0.1/24");
    assertThat(output).contains("10.0.0.1 answers");
    assertThat(output.lines().filter(it -> it.contains("not joined: ")))
        .hasSizeGreaterThan(3)
        .allMatch(
            it -> it.matches(".*not joined: no such network is heard; the next try is in \\d+ s"));
  }

  @Test
  void whatCanNeverBeJoinedIsTold() {
    for (String[] each :
        new String[][] {
          {"--ssid=", "SSID \"\": it has 0 bytes; an SSID has 1 to 32"},
          {"--ssid=" + "x".repeat(33), "it has 33 bytes; an SSID has 1 to 32"},
          {"--passphrase=1234567", "passphrase: it has 7 characters"},
          {
            "--passphrase=" + "z".repeat(64),
            "passphrase: it has 64 characters; a WPA2 passphrase has 8 to 63, or 64 hexadecimal digits"
          }
        }) {
      String output = run(1, "station", "--timeout", "2", "--", "--ipv4=10.0.0.1/24", each[0]);
      assertThat(output).contains(each[1], "10.0.0.1 answers").doesNotContain("joined");
    }
  }

  /** Both want one address: both are told, and both go on. */
  @Test
  void anAddressThatTwoBoardsHaveIsTold() {
    String output =
        run(
            1,
            "a=station",
            "b=station",
            "--timeout",
            "15",
            "--",
            "--ssid=mirage",
            "--ipv4=10.0.0.1/24");
    for (String board : new String[] {"a", "b"}) {
      assertThat(output)
          .containsPattern(
              "(?m)^%s: .* \\[arp\\] address conflict: 24:0a:c4:00:01:1\\d also uses 10\\.0\\.0\\.1; give one of the two another address$"
                  .formatted(board))
          .contains("emulator: %s: still running".formatted(board));
    }
  }
}
