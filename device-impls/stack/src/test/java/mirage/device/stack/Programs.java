// SPDX-License-Identifier: Apache-2.0
package mirage.device.stack;

import java.util.List;
import mirage.device.testkit.HostProgram;
import mirage.device.testkit.TestPrograms;

/** The OCaml programs of this module's tests. */
final class Programs {
  private static final List<String> LIBRARIES =
      List.of(
          "arp.mirage",
          "charrua-client.mirage",
          "charrua-server",
          "cstruct",
          "ethernet",
          "ipaddr",
          "logs",
          "lwt",
          "macaddr",
          "mirage-net-wire",
          "mirage-os",
          "mirage-random-hardware",
          "tcpip",
          "tcpip.icmpv4",
          "tcpip.ipv4",
          "tcpip.ipv6",
          "tcpip.stack-direct",
          "tcpip.tcp",
          "tcpip.udp");

  private Programs() {}

  /** Compiles a program, with the hosts of {@code stacks.ml} and {@code dual.ml}, and {@code dhcp_answers.ml}. */
  static HostProgram compile(String name) {
    return new TestPrograms(Programs.class, LIBRARIES)
        .compile(name, "stacks", "dual", "dhcp_answers");
  }
}
