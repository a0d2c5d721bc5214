// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mirage.device.testkit.WindowedArchive;
import mirage.emulator.air.Disturbance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Samples on the air, with the simulated access point. */
@Timeout(300)
class WifiTest {
  private static final String LINE = "\\S+ \\S+ \\+00:00: INF \\[(application|wifi)\\] ";
  private static final String ACCESS_POINT = "(02:00:00:4d:49:01) on channel 6, -45 dBm, ";

  @TempDir Path folder;

  @Test
  void networksAreHeardAndAnOpenOneIsJoined() {
    Tool tool = Tool.onCopyOf(Path.of("wifi-scan"), folder);
    Tool.Result result = tool.run("", "--quiet", "run", "--ssid", "a b", "--timeout", "60");
    assertThat(result.status()).as(result.output()).isZero();
    String heard = "1 networks\n\"a b\" " + ACCESS_POINT + "open\n";
    assertThat(result.output().replaceAll("(?m)^" + LINE, ""))
        .isEqualTo(
            heard.repeat(3)
                + "joined \"a b\" "
                + ACCESS_POINT
                + "open\nsignal: -45 dBm\nleft the network\n");
  }

  /** The channel is the library's to set, so nothing is heard unless its code runs. */
  @Test
  void theRadioIsCalibratedByALibraryThatTheUserHas() throws IOException {
    Tool tool = Tool.onCopyOf(Path.of("wifi-scan"), folder);
    Path library = folder.resolve("libphy.a");
    WindowedArchive.of(WindowedArchive.source(), library);
    assertThat(tool.run("", "configure", "-t", "esp32")).matches(r -> r.status() == 0);
    assertThat(tool.run("", "build", "--phy", "libphy.a"))
        .matches(r -> r.status() == 0)
        .extracting(Tool.Result::output)
        .asString()
        .contains("linking");
    Tool.Result result = tool.run("", "--quiet", "run", "--ssid", "a b", "--timeout", "60");
    assertThat(result.output())
        .contains("phy: 1 2 3 4 5 6 7 8, 28244 of 28244, 14 turns")
        .contains("\"a b\" " + ACCESS_POINT + "open\n")
        .contains("left the network\n");
    assertThat(tool.run("", "build").output()).doesNotContain("linking");

    WindowedArchive.of(WindowedArchive.source().replace("\"phy: ", "\"new: "), library);
    assertThat(tool.run("", "build").output()).contains("linking");
    assertThat(tool.run("", "--quiet", "run", "--timeout", "60").output()).contains("new: 1 2 3");
  }

  @Test
  void aWebServerBehindWpa2AnswersThisMachine() throws IOException, InterruptedException {
    Tool tool = Tool.onCopyOf(Path.of("http"), folder);
    assertThat(tool.run("", "configure", "-t", "esp32", "--network=wifi"))
        .matches(r -> r.status() == 0);
    List<String> network = List.of("--ssid", "home", "--passphrase", "correct horse");
    Chip chip = Chip.start(tool, "80", "GET /end: 404", network, "--logs=application:debug,info");
    String page = Files.readString(Path.of("http/htdocs/index.html"));
    for (int i = 0; i < 20; i++) {
      assertThat(chip.ask("GET / HTTP/1.1\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 200 OK\r\n")
          .endsWith("\r\n\r\n" + page);
    }
    try (Socket last = chip.connect()) {
      // The run ends before the answer is sent.
      last.getOutputStream().write("GET /end HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(chip.end())
          .contains("joined \"home\" " + ACCESS_POINT + "WPA2", "listening on http://10.0.2.15:80/")
          .doesNotContain("correct horse");
    }
    String[] wrong = {
      "--quiet",
      "run",
      "--ssid",
      "home",
      "--passphrase",
      "correct horse",
      "--timeout",
      "60",
      "--expect",
      "has another passphrase; the next try is in",
      "--",
      "--ssid=home",
      "--passphrase=battery staple"
    };
    assertThat(tool.run("", wrong)).matches(r -> r.status() == 0);
    String[] shorter = {
      "--quiet",
      "run",
      "--timeout",
      "60",
      "--expect",
      "it has 5 characters",
      "--",
      "--ssid=home",
      "--passphrase=short"
    };
    assertThat(tool.run("", shorter)).matches(r -> r.status() == 0);
  }

  /** A chip is the access point, another one its station, with WPA2 and keys in their radios. */
  @Test
  void twoChipsTalkOverOneOfThem() throws IOException {
    Tool tool = Tool.onCopyOf(Path.of("src/test/resources/wifi-pair"), folder);
    assertThat(tool.run("", "configure", "-t", "esp32")).matches(r -> r.status() == 0);
    assertThat(tool.run("", "build")).matches(r -> r.status() == 0);
    byte[] image = Files.readAllBytes(folder.resolve("dist/wifi_pair.bin"));
    assertThat(TwoChips.run(image, Disturbance.NONE, 60).console())
        .contains(
            "access point is up",
            "24:0a:c4:00:02:20 has joined",
            "joined \"pair\" (24:0a:c4:00:01:10) on channel 9, ",
            "100 back, 0 of them twice",
            "1 stations");
    Disturbance rough = new Disturbance(7, 0.1, 0.05);
    TwoChips run = TwoChips.run(image, rough, 60);
    assertThat(run.console()).containsPattern("(100|9\\d) back, 0 of them twice");
    assertThat(TwoChips.run(image, rough, 60)).isEqualTo(run);
  }
}
