// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import mirage.tools.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Linux's TCP/IP against ours over a TAP device, in a network namespace made for it. The long campaign has
 * {@code -Dcampaign.net=esp32} or {@code unix}, where it runs.
 */
@Timeout(NetworkCampaignTest.SECONDS + 20)
class NetworkCampaignTest {
  /** The long campaign on the chip takes most of them. */
  static final int SECONDS = 3600;

  @TempDir Path folder;

  private String unikernel(String target) {
    TapNamespace.assume();
    Tool tool = Tool.onCopyOf(Path.of("src/test/resources/network-campaign"), folder);
    assertThat(tool.run("", "configure", "-t", target)).matches(r -> r.status() == 0);
    assertThat(tool.run("", "build")).matches(r -> r.status() == 0);
    return target.equals("unix")
        ? folder.resolve("dist/campaign") + " "
        : TapNamespace.JAVA + "mirage.config.command.Main -q run --net tap:tap0 " + folder + " -- ";
  }

  /** Starts the unikernel with boot arguments, and then the commands, one after the other. */
  private static void run(String unikernel, String boot, String... commands) {
    String steps =
        String.join(
            " && ", Arrays.stream(commands).map(it -> it.formatted(TapNamespace.JAVA)).toList());
    String script =
        "%s %s > /dev/null & pid=$!\n%s\nstatus=$?; kill $pid; exit $status"
            .formatted(unikernel, boot, steps);
    Command.Result result = TapNamespace.run(script, Duration.ofSeconds(SECONDS));
    System.out.print(result.output());
    assertThat(result.status()).as(result.output() + result.errors()).isZero();
    assertThat(result.output()).contains("all is well");
  }

  @Test
  void bytesArriveAndConnectionsGo() {
    run(unikernel("unix"), "", "%ssamples.NetworkPeer 1000000 300 64");
  }

  @Test
  @EnabledIfSystemProperty(named = "campaign.net", matches = "esp32|unix")
  void manyBytesAndConnections() {
    run(
        unikernel(System.getProperty("campaign.net")),
        "",
        "%ssamples.NetworkPeer 10000000 10000 64",
        "{ ! type ping || ping -q -f -c 20000 -s 1400 10.0.0.2 | grep ' 0%% packet loss'; }",
        "{ ! type nmap || nmap -n -Pn -sS -p1-2000 10.0.0.2 | grep open; }",
        "%ssamples.NetworkPeer 1000 100 64");
  }

  @Test
  @EnabledIfSystemProperty(named = "campaign.net", matches = "esp32|unix")
  void aRoughNetwork() {
    run(
        unikernel(System.getProperty("campaign.net")),
        "--loss=5 --delay=50",
        "%ssamples.NetworkPeer 1000000 100 0");
  }
}
