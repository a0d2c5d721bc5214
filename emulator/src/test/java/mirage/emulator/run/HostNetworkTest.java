// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mirage.emulator.EchoGuest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The chip on the host's network, as a user starts it; everything stays on the host's loopback. */
@Timeout(120)
class HostNetworkTest {
  private static final int REPLY_MILLIS = 500;
  private static final int ATTEMPTS = 100;

  @TempDir private Path folder;
  private final StringWriter messages = new StringWriter();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path image;

  @BeforeEach
  void prepare() throws IOException {
    image = EchoGuest.image().write(folder);
  }

  private int run(String... options) {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add(image.toString());
    CommandLine command =
        new CommandLine(
            new Main.Run(
                new ByteArrayInputStream(new byte[0]),
                new ByteArrayOutputStream(),
                new PrintStream(err, true, StandardCharsets.UTF_8)));
    command.setExecutionExceptionHandler(Main::report);
    command.setErr(new PrintWriter(messages, true));
    return command.execute(arguments.toArray(String[]::new));
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Sends until an answer comes: the chip needs its time to start, and datagrams may be lost. */
  private static byte[] ask(int port, byte[] question) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(REPLY_MILLIS);
      DatagramPacket answer = new DatagramPacket(new byte[2000], 2000);
      for (int i = 0; i < ATTEMPTS; i++) {
        socket.send(
            new DatagramPacket(question, question.length, InetAddress.getLoopbackAddress(), port));
        try {
          socket.receive(answer);
          byte[] content = new byte[answer.getLength()];
          System.arraycopy(answer.getData(), 0, content, 0, content.length);
          return content;
        } catch (SocketTimeoutException e) {
          // Once more.
        }
      }
      throw new AssertionError("no answer from port " + port);
    }
  }

  @Test
  void aPublishedPortLeadsToTheChip() throws Exception {
    int port = freePort();
    Path capture = folder.resolve("frames.pcap");
    CompletableFuture<Integer> run =
        CompletableFuture.supplyAsync(
            () -> run("--publish", port + ":7/udp", "--pcap", capture.toString()));
    byte[] question = "How do you do?".getBytes(StandardCharsets.UTF_8);
    assertThat(ask(port, question)).isEqualTo(question);
    byte[] end = new byte[1400];
    end[0] = EchoGuest.END;
    assertThat(ask(port, end)).isEqualTo(end);
    assertThat(run.get(60, TimeUnit.SECONDS)).as(messages.toString() + err).isGreaterThan(1);
    checkCapture(Files.readAllBytes(capture), question);
  }

  private static void checkCapture(byte[] file, byte[] question) {
    ByteBuffer capture = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(capture.getInt(0)).isEqualTo(0xA1B23C4D);
    assertThat(capture.getInt(20)).as("link type Ethernet").isEqualTo(1);
    int found = 0;
    for (int at = 24; at < file.length; at += 16 + capture.getInt(at + 8)) {
      String frame = new String(file, at + 16, capture.getInt(at + 8), StandardCharsets.ISO_8859_1);
      found += frame.contains(new String(question, StandardCharsets.ISO_8859_1)) ? 1 : 0;
    }
    assertThat(found).as("question and answer").isGreaterThanOrEqualTo(2);
  }

  /** The chip that waits for frames is told apart from one that waits for ever. */
  @Test
  void theEndOfPasstEndsTheWait() throws Exception {
    int port = freePort();
    CompletableFuture<Integer> run =
        CompletableFuture.supplyAsync(() -> run("--publish", port + ":7/udp"));
    ask(port, new byte[100]);
    ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").contains("passt"))
        .forEach(ProcessHandle::destroy);
    assertThat(run.get(60, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("emulator: passt has ended: the chip's network link is down")
        .contains("waits for ever");
  }

  @Test
  void aPortInUseIsReported() throws IOException {
    try (DatagramSocket other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      assertThat(run("--publish", other.getLocalPort() + ":7/udp")).isEqualTo(1);
      assertThat(messages.toString())
          .startsWith("emulator: UDP port " + other.getLocalPort() + " of 127.0.0.1 cannot be")
          .contains("in use")
          .hasLineCount(1);
    }
  }

  @Test
  void aRecordThatCannotBeWrittenIsReported() {
    Path nowhere = folder.resolve("missing").resolve("frames.pcap");
    assertThat(run("--pcap", nowhere.toString())).isEqualTo(1);
    assertThat(messages.toString())
        .isEqualTo("emulator: cannot write %s: there is no such folder%n".formatted(nowhere));
  }

  @Test
  void wrongUsageIsReported() {
    assertThat(run("--publish", "80")).isEqualTo(2);
    assertThat(messages.toString()).contains("'80' is not [BOARD/][ADDR:]HOST:GUEST[/udp]");
    assertThat(run("--publish", "70000:80")).isEqualTo(2);
    assertThat(messages.toString()).contains("allowed are 1 to 65535");
    assertThat(run("--net", "wifi")).isEqualTo(2);
    assertThat(messages.toString()).contains("'wifi' is no network");
    assertThat(run("--net", "none", "--publish", "8080:80")).isEqualTo(2);
    assertThat(messages.toString()).contains("leave out --net none");
    assertThat(run("--ssid", "x".repeat(33))).isEqualTo(2);
    assertThat(messages.toString()).contains("an SSID of 33 bytes; allowed are 1 to 32");
    assertThat(run("--ssid", "x", "--passphrase", "short")).isEqualTo(2);
    assertThat(messages.toString()).contains("a passphrase of 5 characters; WPA2 allows 8 to 63");
    assertThat(run("--passphrase", "long enough")).isEqualTo(2);
    assertThat(messages.toString()).contains("give it a name: --ssid");
  }
}
