// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import mirage.tools.AtomicFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Unikernels with upstream's packages in place of what the tool brings, installed from checkouts of their sources: {@code
 * -Dupstream=FOLDER}, as for the tests of {@code conformance}.
 */
@Timeout(900)
class UpstreamUnikernelTest {
  private static final String SOURCES = System.getProperty("upstream", "");

  /** Only this class's tests install packages; the others shall not have them. */
  private static final Path INSTALLED = Path.of(System.getenv("MIRAGE_INSTALLED"));

  private static final String[] ADDRESS = {"--ipv4=10.0.2.15/24", "--ipv4-gateway=10.0.2.2"};

  private static final int ATTEMPTS = 200;

  /** Whoever answers is believed: a certificate for tests. */
  private static final X509TrustManager ANYBODY =
      new X509TrustManager() {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
          return new X509Certificate[0];
        }
      };

  @TempDir Path folder;

  @BeforeEach
  void begin() {
    assumeTrue(!SOURCES.isEmpty(), "no checkouts of upstream's sources: -Dupstream=FOLDER");
    AtomicFiles.delete(INSTALLED);
  }

  @AfterEach
  void end() {
    AtomicFiles.delete(INSTALLED);
  }

  private Tool tool(Path unikernel, String... packages) {
    assumeTrue(Files.isDirectory(unikernel), "no folder " + unikernel);
    Tool tool = Tool.onCopyOf(unikernel, folder);
    String[] install =
        Stream.concat(
                Stream.of("install"),
                Stream.of(packages)
                    .map(p -> Path.of(SOURCES).resolve(p).toAbsolutePath().toString()))
            .toArray(String[]::new);
    assertThat(tool.run("", install)).matches(r -> r.status() == 0);
    assertThat(tool.run("", "configure", "-t", "esp32", "--backend", "native"))
        .matches(r -> r.status() == 0);
    return tool;
  }

  @Test
  void aServerOverUpstreamsStackEchoes() throws IOException, InterruptedException {
    Tool tool =
        tool(
            Path.of("tcp-echo"),
            "tcpip",
            "ethernet",
            "arp",
            "ipaddr/macaddr-cstruct.opam",
            "lru",
            "psq",
            "lwt-dllist",
            "randomconv",
            "metrics/metrics.opam",
            "mirage-profile/mirage-profile.opam");
    assertThat(tool.run("", "install", "--list").output())
        .contains("tcpip 7.1.1", "ethernet 3.0.0", "arp 3.0.0");
    byte[] question = new byte[50_000];
    for (int i = 0; i < question.length; i++) {
      question[i] = (byte) (i * 31 >> 3);
    }
    // The run ends with the second connection: with the first one the last of its bytes would still
    // be on their way.
    Chip chip = Chip.start(tool, "7", " 3 bytes from", List.of(), ADDRESS);
    assertThat(chip.ask(question)).isEqualTo(question);
    try (Socket last = chip.connect()) {
      last.getOutputStream().write(new byte[3]);
    }
    assertThat(chip.end()).contains("echoing on 10.0.2.15 port 7", "50000 bytes from");
  }

  @Test
  void mirageSkeletonsWebSiteIsServedOverTls()
      throws IOException, InterruptedException, GeneralSecurityException {
    Path site = Path.of(SOURCES).resolve("mirage-skeleton/applications/static_website_tls");
    Tool tool =
        tool(
            site,
            "mirage-crypto/mirage-crypto.opam",
            "mirage-crypto/mirage-crypto-rng.opam",
            "mirage-crypto/mirage-crypto-pk.opam",
            "mirage-crypto/mirage-crypto-ec.opam",
            "eqaf",
            "gmap",
            "hkdf",
            "pbkdf",
            "asn1-combinators",
            "x509",
            "tls/tls.opam",
            "tls/tls-mirage.opam");
    assertThat(tool.run("", "build")).matches(r -> r.status() == 0);
    String[] boot =
        Stream.concat(Stream.of(ADDRESS), Stream.of("--weak-random=true")).toArray(String[]::new);
    Chip chip = Chip.begin(tool, "", "4433", "serving //chip/the-end", List.of(), boot);
    assertThat(firstAnswer(chip))
        .startsWith("HTTP/1.1 200 OK")
        .contains("content-type: text/html")
        .endsWith(Files.readString(site.resolve("htdocs/index.html")));
    try {
      assertThat(fetch(chip, "/the-end")).startsWith("HTTP/1.1 404 Not Found");
    } catch (IOException e) {
      // The run is over before the answer has left the chip.
    }
    assertThat(chip.end()).contains("[https] listening on 4433/TCP");
  }

  /** A chip that has not started takes no connections. */
  private static String firstAnswer(Chip chip)
      throws InterruptedException, GeneralSecurityException {
    for (int i = 0; i < ATTEMPTS && !chip.run().isDone(); i++) {
      try {
        return fetch(chip, "/");
      } catch (IOException e) {
        Thread.sleep(500);
      }
    }
    throw new AssertionError("no answer: " + chip.run().getNow(null));
  }

  private static String fetch(Chip chip, String path) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {ANYBODY}, null);
    try (Socket plain = chip.connect();
        SSLSocket socket =
            (SSLSocket)
                context.getSocketFactory().createSocket(plain, "localhost", chip.port(), true)) {
      socket.setSoTimeout(100_000);
      String request = "GET %s HTTP/1.1\r\nHost: chip\r\nConnection: close\r\n\r\n".formatted(path);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
