// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The samples that ask others on the network, and the one that datagrams ask; the others are this machine's loopback. */
@Timeout(300)
class NetworkClientsTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @TempDir Path folder;

  private Tool tool(String sample, String backEnd) {
    Tool tool = Tool.onCopyOf(Path.of(sample), folder);
    assertThat(tool.run("", "configure", "-t", "esp32", "--backend", backEnd))
        .matches(r -> r.status() == 0);
    assertThat(tool.run("", "build")).matches(r -> r.status() == 0);
    return tool;
  }

  private String run(String sample, String backEnd, String... boot) {
    Stream<String> words = Stream.of("-q", "run", "--net", "user", "--timeout", "60", "--");
    Tool.Result result =
        tool(sample, backEnd)
            .run("", Stream.concat(words, Arrays.stream(boot)).toArray(String[]::new));
    assertThat(result.status()).as(result.output()).isZero();
    return result.output();
  }

  @Test
  void aPageIsFetchedFromAServerOfThisMachine() throws IOException {
    byte[] page = new byte[100_000];
    for (int i = 0; i < page.length; i++) {
      page[i] = (byte) (i * 31 >> 3);
    }
    long sum = 0;
    for (byte value : page) {
      sum += value & 0xFF;
    }
    HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    server.createContext(
        "/page",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/x-page");
          exchange.sendResponseHeaders(404, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.createContext("/broken", HttpExchange::close);
    server.start();
    try {
      String uri = "http://10.0.2.2:%d/page?a=b".formatted(server.getAddress().getPort());
      assertThat(run("http-fetch", "native", "--uri=" + uri))
          .contains(uri + ": 404 Not Found, application/x-page, 100000 bytes with sum " + sum);
      String[] broken = {
        "-q",
        "run",
        "--net",
        "user",
        "--timeout",
        "60",
        "--expect",
        "the next try is in 2 s",
        "--",
        "--uri=" + uri.replace("/page?a=b", "/broken")
      };
      assertThat(new Tool(folder).run("", broken))
          .matches(it -> it.status() == 0)
          .extracting(Tool.Result::output)
          .asString()
          .containsPattern("/broken: .*; the next try is in 1 s\\n");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void namesAreLookedUpAtAServerOfThisMachine() throws SocketException {
    NameServer server = new NameServer("board.test", new byte[] {(byte) 192, 0, 2, 7});
    CompletableFuture<Void> serving;
    try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
      serving = CompletableFuture.runAsync(() -> server.serve(socket));
      String output =
          run(
              "dns-lookup",
              "bytecode",
              "--names=board.test,nobody.test,10.1.2.3,board.test",
              "--resolver=10.0.2.2",
              "--resolver-port=" + socket.getLocalPort());
      assertThat(output)
          .containsSubsequence(
              "board.test is 192.0.2.7\n",
              "nobody.test",
              "10.1.2.3 is 10.1.2.3\n",
              "board.test is 192.0.2.7");
    }
    serving.join();
    assertThat(server.asked())
        .as("the second time it is remembered")
        .containsOnlyOnce("board.test")
        .contains("nobody.test");
  }

  @Test
  void datagramsAreAnsweredWithTheTime() throws IOException {
    Tool tool = tool("udp-time", "bytecode");
    try (DatagramSocket client = new DatagramSocket(0, LOOPBACK)) {
      int port = freePort();
      String[] words = {
        "-q",
        "run",
        "--publish",
        "127.0.0.1:" + port + ":13/udp",
        "--timeout",
        "60",
        "--expect",
        " told ",
        "--",
        "--ipv4=10.0.2.15/24",
        "--ipv4-gateway=10.0.2.2"
      };
      CompletableFuture<Tool.Result> run = CompletableFuture.supplyAsync(() -> tool.run("", words));
      String answer = ask(client, port, run);
      assertThat(Instant.parse(answer.strip()))
          .isBetween(Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
      assertThat(run.join()).matches(it -> it.status() == 0);
    }
  }

  private static int freePort() throws SocketException {
    try (DatagramSocket free = new DatagramSocket(0, LOOPBACK)) {
      return free.getLocalPort();
    }
  }

  /** Asks until the chip, which has to start first, has answered. */
  private static String ask(DatagramSocket client, int port, CompletableFuture<Tool.Result> run)
      throws IOException {
    client.setSoTimeout(500);
    DatagramPacket answer = new DatagramPacket(new byte[100], 100);
    while (!run.isDone()) {
      client.send(new DatagramPacket(new byte[1], 1, LOOPBACK, port));
      try {
        client.receive(answer);
        return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII);
      } catch (SocketTimeoutException e) {
        // Not yet.
      }
    }
    throw new AssertionError(run.join());
  }
}
