// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import mirage.emulator.air.Disturbance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The radio, used without anything of 802.11 above it. */
@Timeout(300)
class RadioTest {
  private static final int IEEE802_11 = 105;

  @TempDir Path folder;

  private Tool built(Path sample, String... options) {
    Tool tool = Tool.onCopyOf(sample, folder);
    String[] configure = new String[options.length + 3];
    configure[0] = "configure";
    configure[1] = "-t";
    configure[2] = "esp32";
    System.arraycopy(options, 0, configure, 3, options.length);
    assertThat(tool.run("", configure)).matches(r -> r.status() == 0);
    assertThat(tool.run("", "build")).matches(r -> r.status() == 0);
    return tool;
  }

  @Test
  void aProgramJoinsAnOpenNetworkFrameByFrame() throws IOException {
    Tool tool = built(Path.of("src/test/resources/radio"));
    Path record = folder.resolve("air.pcap");
    Tool.Result result = run(tool, record);
    assertThat(result.output().lines().map(line -> line.replaceFirst(".*\\[application] ", "")))
        .containsExactly(
            "beacon of \"mirage\" from 02:00:00:4d:49:01: -45 dBm on channel 6",
            "probe: acknowledged",
            "answered with 63 bytes",
            "authentication: acknowledged",
            "status 0",
            "association: acknowledged",
            "status 0, id 1",
            "to nobody: not acknowledged",
            "to everybody: acknowledged",
            "missed 0, damaged 0, retries 4, failed 1",
            "on channel 7 no frame of kind 80");
    assertThat(result.status()).isZero();
    byte[] capture = Files.readAllBytes(record);
    ByteBuffer header = ByteBuffer.wrap(capture).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(header.getInt(20)).isEqualTo(IEEE802_11);
    assertThat(capture[24 + 16] & 0xFF).as("the first frame is a beacon").isEqualTo(0x80);

    run(tool, record);
    assertThat(record).as("the same frames at the same times").hasBinaryContent(capture);
  }

  private static Tool.Result run(Tool tool, Path record) {
    return tool.run(
        "", "--quiet", "run", "--ssid", "mirage", "--pcap", record.toString(), "--timeout", "10");
  }

  @Test
  void twoChipsOnOneAirPlayTheSameGameEachTime() throws IOException {
    built(Path.of("src/test/resources/two-radios"));
    byte[] image = Files.readAllBytes(folder.resolve("dist/two_radios.bin"));
    assertThat(
            TwoChips.run(image, Disturbance.NONE, 2)
                .console()
                .split("20; missed 0, damaged 0, retries 0, failed 0"))
        .as("both have seen the end")
        .hasSize(3);
    Disturbance rough = new Disturbance(5, 0.2, 0.1);
    TwoChips game = TwoChips.run(image, rough, 2);
    assertThat(game.console())
        .contains("20; missed 0, damaged 0, retries")
        .doesNotContain("retries 0");
    assertThat(TwoChips.run(image, rough, 2)).isEqualTo(game);
  }
}
