// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mirage.tools.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The samples of the network as processes of this machine, over its sockets and its loopback. */
@Timeout(120)
class ProcessNetworkTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final long START_MILLIS = 20_000;

  @TempDir Path folder;

  /** The executable, over the host's sockets unless {@code net} says otherwise. */
  private Path build(String sample, String... net) {
    Tool tool = Tool.onCopyOf(Path.of(sample), folder);
    List<String> words = new ArrayList<>(List.of("configure", "-t", "unix"));
    words.addAll(List.of(net));
    assertThat(tool.run("", words.toArray(String[]::new))).matches(r -> r.status() == 0);
    assertThat(tool.run("", "build")).matches(r -> r.status() == 0);
    return folder.resolve("dist").resolve(sample.replace('-', '_'));
  }

  /** A process that is ended with the test, and what it has said. */
  private record Server(Process process, Path log) implements AutoCloseable {
    static Server start(Path program, String ready, String... arguments)
        throws IOException, InterruptedException {
      Path log = program.resolveSibling("log");
      List<String> command = new ArrayList<>(List.of(program.toString()));
      command.addAll(List.of(arguments));
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Server server = new Server(process, log);
      long end = System.currentTimeMillis() + START_MILLIS;
      while (!server.said().contains(ready)) {
        assertThat(process.isAlive() && System.currentTimeMillis() < end)
            .as(server.said())
            .isTrue();
        Thread.sleep(20);
      }
      return server;
    }

    String said() throws IOException {
      return Files.readString(log);
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
      return free.getLocalPort();
    }
  }

  @Test
  void anEchoServerIsTheHosts() throws Exception {
    Path program = build("tcp-echo");
    int port = freePort();
    byte[] data = new byte[2_000_000];
    new Random(1).nextBytes(data);
    try (Server server =
        Server.start(program, "echoing on 127.0.0.1", "--ipv4=127.0.0.1/8", "--port=" + port)) {
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        clients.add(CompletableFuture.runAsync(() -> assertThat(echo(port, data)).isEqualTo(data)));
      }
      clients.forEach(CompletableFuture::join);
      // Who does not read has to wait, and who goes away harms nobody.
      try (Socket rude = new Socket(LOOPBACK, port)) {
        rude.setSoLinger(true, 0);
        rude.getOutputStream().write(data, 0, 100_000);
      }
      assertThat(echo(port, new byte[] {1, 2, 3})).containsExactly(1, 2, 3);
      assertThat(Files.list(Path.of("/proc/%d/fd".formatted(server.process.pid()))).count())
          .as("descriptors, all of them closed but the watcher and the listener")
          .isLessThan(8);
      Command.Result second =
          Command.of(program.toString()).with("--port=" + port, "--ipv4=127.0.0.1/8").execute();
      assertThat(second.status()).isEqualTo(2);
      assertThat(second.errors())
          .contains("TCP port " + port + " of 127.0.0.1: the port is in use by another program");
    }
  }

  private static byte[] echo(int port, byte[] data) {
    try (Socket socket = new Socket(LOOPBACK, port)) {
      return Exchange.over(socket, data);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aWebServerIsTheHosts() throws Exception {
    Path program = build("http", "--net", "socket");
    int port = freePort();
    try (Server server = Server.start(program, "listening on", "--port=" + port)) {
      HttpClient client = HttpClient.newHttpClient();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/".formatted(port))).build();
      for (int i = 0; i < 20; i++) {
        HttpResponse<String> page =
            client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        assertThat(page.statusCode()).as(server.said()).isEqualTo(200);
        assertThat(page.body()).isEqualTo(Files.readString(Path.of("http/htdocs/index.html")));
      }
    }
  }

  /** Of a server that is not there the page is asked for again: it may come. */
  @Test
  void aPageIsFetchedOnceItsServerIsThere() throws IOException, InterruptedException {
    Path program = build("http-fetch", "--net", "socket");
    int port = freePort();
    String uri = "--uri=http://127.0.0.1:%d/page".formatted(port);
    try (Server fetching = Server.start(program, "refused; the next try is in 1 s", uri)) {
      HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, port), 0);
      server.createContext(
          "/page",
          exchange -> {
            exchange.sendResponseHeaders(200, 1_000_000);
            exchange.getResponseBody().write(new byte[1_000_000]);
            exchange.close();
          });
      server.start();
      try {
        assertThat(fetching.process().waitFor(START_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
      } finally {
        server.stop(0);
      }
      assertThat(fetching.said()).contains("200 OK", "1000000 bytes with sum 0");
      assertThat(fetching.process().exitValue()).isZero();
    }
  }

  @Test
  void namesAreLookedUp() throws IOException {
    Path program = build("dns-lookup", "--net", "socket");
    NameServer server = new NameServer("board.test", new byte[] {(byte) 192, 0, 2, 7});
    CompletableFuture<Void> serving;
    try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
      serving = CompletableFuture.runAsync(() -> server.serve(socket));
      assertThat(
              output(
                  program,
                  "--names=board.test,nobody.test",
                  "--resolver=127.0.0.1",
                  "--resolver-port=" + socket.getLocalPort()))
          .containsSubsequence("board.test is 192.0.2.7\n", "nobody.test");
    }
    serving.join();
  }

  /** What it logs, if it ends well. */
  private static String output(Path program, String... arguments) {
    Command.Result result =
        Command.of(program.toString()).with(arguments).timeout(Duration.ofSeconds(60)).execute();
    assertThat(result.status()).as(result.output() + result.errors()).isZero();
    return result.errors();
  }

  @Test
  void datagramsAreAnsweredWithTheTime() throws Exception {
    Path program = build("udp-time");
    int port = freePort();
    try (Server server = Server.start(program, "telling the time", "--port=" + port);
        DatagramSocket client = new DatagramSocket(0, LOOPBACK)) {
      client.setSoTimeout(5_000);
      DatagramPacket answer = new DatagramPacket(new byte[100], 100);
      for (int size : new int[] {0, 1, 1000}) {
        client.send(new DatagramPacket(new byte[size], size, LOOPBACK, port));
        client.receive(answer);
        String text =
            new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII);
        assertThat(Instant.parse(text.strip()))
            .as(server.said())
            .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
      }
    }
  }

  /** Without sockets: echoes are of our own stack, so it takes a TAP device, and a kernel at its other end. */
  @Test
  void echoesGoBothWaysOverATapDevice() {
    TapNamespace.assume();
    Path program = build("ping");
    Command.Result result =
        TapNamespace.run(program + " --peer=10.0.0.1 --rounds=3", Duration.ofSeconds(60));
    assertThat(result.errors()).contains("3 of 3 came back");
  }
}
