// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several boards at once: {@code mirage run DIR DIR}. */
@Timeout(300)
class FleetTest {
  private static final String[] ADDRESSES = {
    "--", "--ipv4=10.0.0.1/24", "--", "--ipv4=10.0.0.2/24", "--peer=10.0.0.1"
  };

  @TempDir static Path folder;
  private static Tool tool;

  @BeforeAll
  static void build() {
    build("ping", "wired", "ethernet");
    build("ping", "radio", "wifi");
    build("src/test/resources/named", "named", "ethernet");
    build("http", "web", "ethernet");
    build("http", "web-radio", "wifi");
    tool = new Tool(folder);
  }

  private static void build(String source, String name, String network) {
    Tool one = Tool.onCopyOf(Path.of(source), folder.resolve(name));
    assertThat(
            one.run(
                "", "configure", "-t", "esp32", "--backend", "bytecode", "--network=" + network))
        .matches(r -> r.status() == 0);
    assertThat(one.run("", "build")).matches(r -> r.status() == 0);
  }

  private static Tool.Result run(String... words) {
    return tool.run(
        "", Stream.concat(Stream.of("-q", "run"), Arrays.stream(words)).toArray(String[]::new));
  }

  private static Tool.Result ping(String one, String other, String... options) {
    Stream<String> end = Stream.of("--count", "--timeout", "30", "--expect", "came back");
    return run(
        Stream.of(Stream.of(one, other), end, Arrays.stream(options), Arrays.stream(ADDRESSES))
            .flatMap(it -> it)
            .toArray(String[]::new));
  }

  @Test
  void twoBoardsOnOneWireAnswerEachOther() {
    Path first = folder.resolve("first.pcap");
    Path second = folder.resolve("second.pcap");
    Tool.Result result = ping("a=wired", "b=wired", "--pcap", first.toString());
    assertThat(result.status()).as(result.output()).isZero();
    assertThat(result.output())
        .contains(
            "a: 1970-01-01 00:00:00 +00:00: INF [application] 10.0.0.1 answers\n",
            "b: 1970-01-01 00:00:00 +00:00: INF [application] 10.0.0.2 answers\n",
            "b: 1970-01-01 00:00:00 +00:00: INF [application] 56 bytes from 10.0.0.1: number 1, ",
            "4 of 4 came back\n");
    assertThat(result.output().lines())
        .allMatch(line -> line.startsWith("a: ") || line.startsWith("b: "));
    assertThat(ping("a=wired", "b=wired", "--pcap", second.toString()))
        .as("the same instruction by instruction")
        .isEqualTo(result);
    assertThat(second)
        .as("echoes and replies, and who has which address")
        .hasSameBinaryContentAs(first)
        .satisfies(it -> assertThat(it.toFile().length()).isGreaterThan(24 + 8 * (16 + 98)));
  }

  /** The access point leads to the wire. */
  @Test
  void aBoardOnTheAirReachesOneOnTheWire() {
    Tool.Result result = ping("wired", "radio=radio", "--ssid", "home");
    // Both are the unikernel ping; the first has its name from there.
    assertThat(result.output())
        .contains("radio: ", "joined \"home\" (02:00:00:4d:49:01)", "ping: ", "4 of 4 came back\n");
    assertThat(result.status()).isZero();
  }

  /** Both want to be board.local; one of them gets another name. */
  @Test
  void boardsHaveNamesOfTheirOwn() {
    String[] addresses = {
      "--", "--ipv4=10.0.0.1/24", "--", "--ipv4=10.0.0.2/24", "--seek=board,board-2"
    };
    Tool.Result result =
        run(
            Stream.of(Stream.of("a=named", "b=named", "--timeout", "30"), Arrays.stream(addresses))
                .flatMap(it -> it)
                .toArray(String[]::new));
    assertThat(result.status()).as(result.output()).isZero();
    assertThat(result.output())
        .containsPattern("(?m)^[ab]: .* \\[mdns\\] the name is board\\.local$")
        .containsPattern(
            "(?m)^[ab]: .* \\[mdns\\] another machine has the name board\\.local; board-2\\.local is tried$")
        .containsPattern("(?m)^[ab]: .* \\[mdns\\] the name is board-2\\.local$")
        .containsPattern("b: .* 10\\.0\\.0\\.1 says: board(-2)?\\.local is 10\\.0\\.0\\.1\n");
  }

  /**
   * Each board has an address of its own from the host. The run ends with the last request to the
   * board that is asked: the other one may not have got that far.
   */
  @Test
  void aPublishedPortLeadsToTheBoardThatIsNamed() throws IOException, InterruptedException {
    Map<String, String> addresses = Map.of("a", "10[.]0[.]2[.]15/24", "b", "10[.]0[.]2[.]16/24");
    for (String board : addresses.keySet()) {
      Chip chip =
          Chip.start(
              tool,
              board + "/",
              "80",
              "GET /end: 404",
              List.of("a=web", "b=web-radio"),
              "--logs=application:debug,info");
      String page = Files.readString(Path.of("http/htdocs/index.html"));
      assertThat(chip.ask("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")).endsWith(page);
      try (Socket last = chip.connect()) {
        last.getOutputStream()
            .write("GET /end HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(chip.end())
            .containsPattern("(?m)^" + board + ": .* \\[dhcp\\] address " + addresses.get(board))
            .containsPattern("(?m)^" + board + ": .* GET /end: 404");
      }
    }
  }

  /** Linux's TCP/IP at the far end of the wire. */
  @Test
  void severalBoardsAreOnATapDevice() {
    TapNamespace.assume();
    String run =
        "cd %s && %smirage.config.command.Main -q run --net tap:tap0 --timeout 60 --expect 'came back' a=wired b=wired"
            .formatted(folder, TapNamespace.JAVA);
    String addresses = " -- --ipv4=10.0.0.2/24 -- --ipv4=10.0.0.3/24 --peer=10.0.0.1";
    assertThat(TapNamespace.run(run + addresses, Duration.ofSeconds(100)))
        .matches(it -> it.status() == 0)
        .extracting(it -> it.output())
        .asString()
        .contains("a: ", "b: ", "4 of 4 came back");
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThat(run("wired", "radio"))
        .isEqualTo(
            new Tool.Result(
                "mirage: wired and radio are both named ping; give one another name: ping2=radio\n"
                    + "see mirage help run\n",
                2));
    assertThat(run("wired", "b=wired", "--gdb", "0", "--trace", "x", "--realtime"))
        .matches(it -> it.status() == 2)
        .extracting(Tool.Result::output)
        .asString()
        .startsWith(
            "mirage: --realtime, --trace, --gdb: for one board alone, and several are to run");
    assertThat(run("wired", "b=wired", "--publish", "8080:80"))
        .isEqualTo(
            new Tool.Result(
                "mirage: --publish 8080:80: of which board? Write ping/8080:80 or b/8080:80\n"
                    + "see mirage help run\n",
                2));
    assertThat(run("wired", "b=wired", "--", "x", "--", "y", "--", "z"))
        .matches(it -> it.status() == 2)
        .extracting(Tool.Result::output)
        .asString()
        .startsWith("mirage: boot arguments for 3 boards, and 2 are to run");
    assertThat(run("wired", "b=wired", "--timeout", "1"))
        .matches(it -> it.status() == 1)
        .extracting(Tool.Result::output)
        .asString()
        .contains(
            "emulator: ping: still running after 1.000000 s of virtual time\n",
            "emulator: b: still running after 1.000000 s of virtual time\n");
  }
}
