// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import mirage.tools.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The samples that serve a network, with a client on this machine; all stays on its loopback or in a network namespace. */
@Timeout(300)
class NetworkTest {
  @TempDir Path folder;

  private Chip start(String sample, String published, String end, String... boot)
      throws IOException, InterruptedException {
    Tool tool = Tool.onCopyOf(Path.of(sample), folder);
    assertThat(tool.run("", "configure", "-t", "esp32")).matches(r -> r.status() == 0);
    return Chip.start(tool, published, end, List.of(), boot);
  }

  @Test
  void aWebServerOnTheChipAnswersThisMachine() throws IOException, InterruptedException {
    Chip chip = start("http", "80", "GET /end: 404", "--logs=application:debug,info");
    String page = Files.readString(Path.of("http/htdocs/index.html"));
    String style = Files.readString(Path.of("http/htdocs/style.css"));

    for (int i = 0; i < 20; i++) {
      assertThat(chip.ask("GET / HTTP/1.1\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 200 OK\r\n")
          .contains("Content-Length: " + page.length() + "\r\n")
          .endsWith("\r\n\r\n" + page);
    }
    // Three on one connection, sent at once.
    assertThat(
            chip.ask(
                "HEAD / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
                    + "GET /style.css?v=1 HTTP/1.1\r\n\r\nPOST / HTTP/1.0\r\n\r\n"))
        .contains("Content-Length: " + page.length() + "\r\nConnection: keep-alive\r\n")
        .contains("Content-Type: text/css\r\n", style, "HTTP/1.1 405 ", "Allow: GET, HEAD\r\n")
        .contains("Connection: close\r\n")
        .doesNotContain("Hello");
    assertThat(chip.ask("GET /../etc/passwd HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 404 ");
    assertThat(chip.ask("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    // What has a body is not served, and not taken for two requests.
    for (String field :
        List.of("Transfer-Encoding: chunked", "transfer-encoding: 0", "CONTENT-LENGTH: 5")) {
      assertThat(chip.ask("GET / HTTP/1.1\r\n" + field + "\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    }
    assertThat(chip.ask("x".repeat(8300))).startsWith("HTTP/1.1 400 ");

    try (Socket last = chip.connect()) {
      // The run ends before the answer is sent.
      last.getOutputStream().write("GET /end HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(chip.end())
          .contains("0: link is up", "[dhcp] address ", "listening on http://10.0.2.15:80/");
    }
  }

  @Test
  void anEchoServerOnTheChipHasTheAddressOfItsBootArguments()
      throws IOException, InterruptedException {
    Chip chip =
        start("tcp-echo", "7", " 3 bytes from ", "--ipv4=10.0.2.15/24", "--ipv4-gateway=10.0.2.2");
    byte[] data = new byte[300_000];
    new Random(1).nextBytes(data);
    assertThat(chip.ask(data)).isEqualTo(data);
    assertThat(chip.ask("end")).isEqualTo("end");
    assertThat(chip.end())
        .contains("echoing on 10.0.2.15 port 7", "300000 bytes from 10.0.2.2 port");
  }

  /** A TAP device, and a client that is the shell. */
  @Test
  void anEchoServerAsAProcessIsReachedOverATapDevice() throws IOException {
    TapNamespace.assume();
    Tool tool = Tool.onCopyOf(Path.of("tcp-echo"), folder);
    assertThat(tool.run("", "configure", "-t", "unix", "--net", "direct"))
        .matches(r -> r.status() == 0);
    assertThat(tool.run("", "build")).matches(r -> r.status() == 0);
    String script =
        """
        %s &
        until exec 3<>/dev/tcp/10.0.0.2/7; do sleep 0.1; done 2>/dev/null
        echo hello >&3; read -r line <&3; echo "$line, $(wc -l < /proc/net/arp) lines"
        kill $!; wait
        """
            .formatted(folder.resolve("dist/tcp_echo"));
    Command.Result result = TapNamespace.run(script, Duration.ofSeconds(60));
    assertThat(result.output()).contains("hello, 2 lines");
  }

  /** The emulated chip with Linux's TCP/IP at the far end of its cable. */
  @Test
  void anEchoServerOnTheChipIsReachedOverATapDevice() {
    TapNamespace.assume();
    Tool tool = Tool.onCopyOf(Path.of("tcp-echo"), folder);
    assertThat(tool.run("", "configure", "-t", "esp32")).matches(r -> r.status() == 0);
    assertThat(tool.run("", "build")).matches(r -> r.status() == 0);
    String emulator =
        "%smirage.config.command.Main run --net tap:tap0 --timeout 60 --expect ' 6 bytes from 10.0.0.1' %s -- --ipv4=10.0.0.2/24"
            .formatted(TapNamespace.JAVA, folder);
    String script =
        """
        (until exec 3<>/dev/tcp/10.0.0.2/7; do sleep 0.1; done 2>/dev/null
         echo hello >&3; read -r line <&3; echo "$line came back") &
        %s
        """
            .formatted(emulator);
    Command.Result result = TapNamespace.run(script, Duration.ofSeconds(100));
    assertThat(result.output() + result.errors()).contains("hello came back", " 6 bytes");
    assertThat(result.status()).isZero();
    assertThat(tool.run("", "run", "--net", "tap:a-name-that-is-far-too-long"))
        .matches(r -> r.status() == 1)
        .matches(r -> r.output().contains("a TAP device has a name of 1 to 15 bytes"));
  }
}
