// SPDX-License-Identifier: Apache-2.0
package mirage.device.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mirage.device.OcamlLibrary;
import mirage.device.testkit.Conformance;
import mirage.device.testkit.HostProgram;
import mirage.device.testkit.Mutations;
import mirage.device.testkit.OcamlHost;
import mirage.tools.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServicesTest {
  private static final Path OWN = Path.of("src/test/resources/programs");

  /** The hosts on a wire that the tests of the stack have. */
  private static final Path STACK = Path.of("../stack/src/test/resources/programs");

  /** What it stands on, upstream's TLS, is in no package of Debian's. */
  private static final String TLS = "conduit-mirage.tls";

  private static final OcamlHost HOST = OcamlHost.ofClassPath();

  @TempDir Path folder;

  @Test
  void everyLibraryCompilesWithoutWarnings() {
    new ServiceDevices()
        .libraries().stream()
            .map(OcamlLibrary::name)
            .filter(name -> !name.equals(TLS))
            .forEach(HOST::check);
  }

  @Test
  void implementationsHaveTheirModuleTypes() {
    Conformance.check(
        HOST,
        folder,
        new ServiceDevices()
            .implementations().stream()
                .filter(device -> !device.libraries().contains(TLS))
                .toList());
  }

  @Test
  void pagesAreServedAndFetchedByName() throws IOException {
    assertThat(run("http"))
        .isEqualTo(
            """
            http://10.0.0.2/: 200 "hello"
            http://10.0.0.2/big: 200 100000 bytes, right true
            http://www.example.org/echo: 200 "what I say"
            http://www.example.org/nowhere: 404 "Not found: //www.example.org/nowhere"
            1 questions
            http://www.example.org/fail: 500 "Error: Internal Server Error"
            http://other.example.org/: other.example.org: there is no such name
            http://10.0.0.2:81/: 10.0.0.2 port 81: connection attempt was refused
            http:/nowhere: '' is no host name: it is empty
            https://www.example.org/: www.example.org: TLS is not available; it takes conduit_direct ~tls:true, and tls-mirage, which mirage install builds
            left 0 0
            """);
  }

  @Test
  void changedAnswersOfNameServersDoNoHarm() throws IOException {
    Mutations.check(program("dns-mutations"), "some are damaged: true\n");
  }

  @Test
  void changedRequestsAndPagesDoNoHarm() throws IOException {
    Mutations.check(program("http-mutations"), "truetrue true true works true\n", 10);
  }

  @Test
  void aHostIsFoundByItsName() throws IOException {
    assertThat(run("mdns"))
        .isEqualTo(Files.readString(Path.of("src/test/resources/programs/mdns.txt")));
  }

  @Test
  void theTimeIsAskedForAndMessagesAreSent() throws IOException {
    assertThat(run("time-and-logs"))
        .isEqualTo(
            """
            no answer
            no answer
            1639758129500 ms
            day 18978, second 58935
            datagram <12>Dec 17 16:22:15 board application: two lines o
            datagram <11>Dec 17 16:22:15 board application: head an err
            syslog: 10.0.0.2 port 602: connection attempt was refused
            line <12>Dec 17 16:22:16 board application: two lines of 2
            line <11>Dec 17 16:22:16 board application: head an error
            some changed answers were believed: true
            """);
  }

  private String run(String name) throws IOException {
    Command.Result result = program(name).run();
    assertThat(result.status()).as(result.output() + result.errors()).isZero();
    return result.output();
  }

  private HostProgram program(String name) throws IOException {
    List<String> libraries =
        new ArrayList<>(
            List.of(
                "arp.mirage",
                "ethernet",
                "logs",
                "mirage-console-board",
                "mirage-net-wire",
                "mirage-os",
                "mirage-random-hardware",
                "tcpip.icmpv4",
                "tcpip.ipv4",
                "tcpip.ipv6",
                "tcpip.stack-direct",
                "tcpip.tcp",
                "tcpip.udp"));
    libraries.addAll(
        List.of("cohttp-mirage", "conduit-mirage", "dns-client", "logs-syslog", "mdns", "sntp"));
    return HOST.program(
        folder,
        libraries,
        Map.of(
            "stacks.ml", Files.readString(STACK.resolve("stacks.ml")),
            "dual.ml", Files.readString(STACK.resolve("dual.ml")),
            "main.ml", Files.readString(OWN.resolve(name + ".ml"))));
  }
}
