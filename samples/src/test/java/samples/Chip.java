// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A chip that runs, and the port of this machine that leads to it. */
record Chip(int port, CompletableFuture<Tool.Result> run) {
  private static final int ATTEMPTS = 120;
  private static final long BETWEEN_MILLIS = 500;

  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** What comes until the chip closes the connection. */
  byte[] ask(byte[] question) throws IOException {
    try (Socket socket = connect()) {
      return Exchange.over(socket, question);
    }
  }

  String ask(String question) throws IOException {
    byte[] bytes = question.getBytes(StandardCharsets.ISO_8859_1);
    return new String(ask(bytes), StandardCharsets.ISO_8859_1);
  }

  /** The chip takes no connections before it has started. */
  void awaitStart() throws IOException, InterruptedException {
    for (int i = 0; i < ATTEMPTS && !run.isDone(); i++) {
      try (Socket socket = connect()) {
        socket.getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        if (socket.getInputStream().read() >= 0) {
          return;
        }
      } catch (IOException e) {
        // Refused, or reset by the chip.
      }
      Thread.sleep(BETWEEN_MILLIS);
    }
    throw new AssertionError("does not start: " + run.getNow(null));
  }

  /** What the run has printed, when it is over, and was right. */
  String end() {
    Tool.Result result = run.join();
    assertThat(result.status()).as(result.output()).isZero();
    return result.output();
  }

  /**
   * Builds a configured unikernel and runs it.
   *
   * @param published the chip's port
   * @param end what ends the run when it is printed
   * @param options of the run
   * @param boot arguments
   */
  static Chip start(Tool tool, String published, String end, List<String> options, String... boot)
      throws IOException, InterruptedException {
    assertThat(tool.run("", "build")).matches(r -> r.status() == 0);
    return start(tool, "", published, end, options, boot);
  }

  /**
   * Runs what is built.
   *
   * @param board of several the one whose port is published, with a slash; else empty
   * @param options of the run, and folders
   */
  static Chip start(
      Tool tool, String board, String published, String end, List<String> options, String... boot)
      throws IOException, InterruptedException {
    Chip chip = begin(tool, board, published, end, options, boot);
    chip.awaitStart();
    return chip;
  }

  /** The same, and does not wait until it takes connections. */
  static Chip begin(
      Tool tool, String board, String published, String end, List<String> options, String... boot)
      throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String publication = "%s127.0.0.1:%d:%s".formatted(board, port, published);
    List<String> words =
        List.of("--quiet", "run", "--publish", publication, "--timeout", "200", "--expect", end);
    String[] all =
        Stream.of(words, options, List.of("--"), Arrays.asList(boot))
            .flatMap(List::stream)
            .toArray(String[]::new);
    return new Chip(port, CompletableFuture.supplyAsync(() -> tool.run("", all)));
  }
}
