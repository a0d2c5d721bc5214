// SPDX-License-Identifier: Apache-2.0
package mirage.device.stack;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import mirage.device.DeviceImplementation;
import mirage.device.DeviceKinds;
import mirage.device.DeviceProvider;
import mirage.device.OcamlLibrary;
import mirage.device.Target;

/** Ethernet, ARP, IP, ICMP, UDP and TCP, and the older names of their module types. */
public final class StackDevices implements DeviceProvider {
  private static final String TCPIP = "7.0.0";

  @Override
  public List<OcamlLibrary> libraries() {
    return Stream.of(links(), protocols(), stacks(), dhcp(), moduleTypes())
        .flatMap(List::stream)
        .toList();
  }

  /** What leads frames to the network and finds out where to. */
  private static List<OcamlLibrary> links() {
    return List.of(
        library("network-order", "1.0.0", "cstruct"),
        library("ethernet", "3.0.0", "cstruct", "lwt", "macaddr", "mirage-net", "network-order"),
        library("arp", "3.0.0", "cstruct", "ipaddr", "macaddr"),
        library("tcpip.neighbours", TCPIP, "lwt", "macaddr", "mirage-time"),
        library(
            "arp.mirage",
            "3.0.0",
            "arp",
            "cstruct",
            "ethernet",
            "ipaddr",
            "logs",
            "lwt",
            "macaddr",
            "mirage-time",
            "tcpip.neighbours"),
        library(
            "mirage-net-wire", "1.0.0", "cstruct", "lwt", "macaddr", "mirage-net", "mirage-time"));
  }

  /** Those of IP and what it carries, each without the others. */
  private static List<OcamlLibrary> protocols() {
    return List.of(
        library("tcpip", TCPIP, "cstruct", "duration", "ipaddr", "lwt", "mirage-flow"),
        library("tcpip.checksum", TCPIP, "cstruct"),
        library("tcpip.nameservers", TCPIP, "ipaddr"),
        library("tcpip.reassembly", TCPIP, "cstruct"),
        library(
            "tcpip.ipv4",
            TCPIP,
            "arp.mirage",
            "cstruct",
            "ethernet",
            "ipaddr",
            "lwt",
            "macaddr",
            "mirage-clock",
            "mirage-random",
            "network-order",
            "tcpip",
            "tcpip.checksum",
            "tcpip.reassembly"),
        library("tcpip.icmpv4", TCPIP, "cstruct", "ipaddr", "lwt", "tcpip", "tcpip.checksum"),
        library("tcpip.udp", TCPIP, "cstruct", "lwt", "mirage-random", "tcpip", "tcpip.checksum"),
        library(
            "tcpip.tcp",
            TCPIP,
            "cstruct",
            "duration",
            "logs",
            "lwt",
            "mirage-clock",
            "mirage-flow",
            "mirage-random",
            "mirage-time",
            "network-order",
            "tcpip",
            "tcpip.checksum"),
        library(
            "tcpip.ipv6",
            TCPIP,
            "cstruct",
            "ethernet",
            "ipaddr",
            "logs",
            "lwt",
            "macaddr",
            "mirage-clock",
            "mirage-net",
            "mirage-random",
            "mirage-time",
            "tcpip",
            "tcpip.checksum",
            "tcpip.neighbours",
            "tcpip.reassembly"));
  }

  /** All protocols over one network, or the host's. */
  private static List<OcamlLibrary> stacks() {
    return List.of(
        library(
            "tcpip.stack-direct",
            TCPIP,
            "arp.mirage",
            "cstruct",
            "ethernet",
            "ipaddr",
            "logs",
            "lwt",
            "mirage-net",
            "mirage-random",
            "mirage-time",
            "tcpip",
            "tcpip.icmpv4"),
        library(
            "tcpip.stack-socket",
            TCPIP,
            "cstruct",
            "duration",
            "ipaddr",
            "logs",
            "lwt",
            "mirage-flow",
            "mirage-os",
            "tcpip",
            "tcpip.nameservers"));
  }

  /** How a network gets its addresses. */
  private static List<OcamlLibrary> dhcp() {
    return List.of(
        library(
            "charrua",
            "1.3.0",
            "cstruct",
            "ethernet",
            "ipaddr",
            "macaddr",
            "tcpip.checksum",
            "tcpip.ipv4",
            "tcpip.udp"),
        library("charrua-server", "1.3.0", "charrua", "ipaddr", "macaddr"),
        library(
            "charrua-server.mirage",
            "1.3.0",
            "charrua-server",
            "cstruct",
            "ethernet",
            "ipaddr",
            "logs",
            "lwt",
            "macaddr",
            "mirage-clock",
            "mirage-net"),
        library("charrua-client", "1.3.0", "charrua", "cstruct", "ipaddr", "macaddr"),
        library(
            "charrua-client.mirage",
            "1.3.0",
            "arp.mirage",
            "charrua-client",
            "cstruct",
            "ethernet",
            "ipaddr",
            "logs",
            "lwt",
            "mirage-clock",
            "mirage-net",
            "mirage-random",
            "mirage-time",
            "tcpip",
            "tcpip.checksum",
            "tcpip.ipv4",
            "tcpip.nameservers",
            "tcpip.udp"));
  }

  /** The older names of module types. */
  private static List<OcamlLibrary> moduleTypes() {
    return List.of(
        library(
            "mirage-protocols",
            "8.0.0",
            "arp.mirage",
            "ethernet",
            "ipaddr",
            "tcpip",
            "tcpip.icmpv4"),
        library("mirage-stack", "4.0.0", "tcpip"),
        library(
            "mirage-types",
            "3.10.8",
            "arp.mirage",
            "ethernet",
            "mirage-block",
            "mirage-channel",
            "mirage-clock",
            "mirage-console",
            "mirage-device",
            "mirage-flow",
            "mirage-fs",
            "mirage-kv",
            "mirage-net",
            "mirage-protocols",
            "mirage-random",
            "mirage-stack",
            "mirage-time"),
        library("mirage-types-lwt", "3.10.8", "mirage-types"));
  }

  @Override
  public List<DeviceImplementation> implementations() {
    return Stream.concat(direct().stream(), sockets().stream()).toList();
  }

  /** Our own stack, layer by layer. */
  private static List<DeviceImplementation> direct() {
    return List.of(
        device("ethernet", "ethernet", "Ethernet.Make", "{0}", "ethernet").withArguments("network"),
        device("arp", "arpv4", "Arp.Make", "{0}", "arp.mirage").withArguments("ethernet", "time"),
        device(
                "ipv4-static",
                "ipv4",
                "Static_ipv4.Make",
                "~no_init:{no_init} ~cidr:{cidr} ?gateway:{gateway} {2} {3}",
                "tcpip.ipv4")
            .withArguments("random", "mclock", "ethernet", "arpv4"),
        device("ipv4-dhcp", "ipv4_dhcp", "Dhcp_ipv4.Make", "{3} {4} {5}", "charrua-client.mirage")
            .withArguments("random", "mclock", "time", "network", "ethernet", "arpv4"),
        device(
                "ipv6",
                "ipv6",
                "Ipv6.Make",
                "~no_init:{no_init} ~handle_ra:{handle_ra} ?cidr:{cidr} ?gateway:{gateway} {0} {1}",
                "tcpip.ipv6")
            .withArguments("network", "ethernet", "random", "time", "mclock"),
        device(
                "ipv4v6",
                "ipv4v6",
                "Tcpip_stack_direct.IPV4V6",
                "~ipv4_only:{ipv4_only} ~ipv6_only:{ipv6_only} {0} {1}",
                "tcpip.stack-direct")
            .withArguments("ipv4", "ipv6"),
        device("icmpv4", "icmpv4", "Icmpv4.Make", "{0}", "tcpip.icmpv4").withArguments("ipv4"),
        device("udp", "udp", "Udp.Make", "{0}", "tcpip.udp")
            .withArguments(DeviceKinds.ANY_IP, "random"),
        device("tcp", "tcp", "Tcp.Flow.Make", "{0}", "tcpip.tcp")
            .withArguments(DeviceKinds.ANY_IP, "time", "mclock", "random"),
        stack("stackv4", "Make", "{2} {3} {4} {5} {6} {7} {8}")
            .withArguments(
                "time", "random", "network", "ethernet", "arpv4", "ipv4", "icmpv4", "udp", "tcp"),
        stack("stackv6", "MakeV6", "{2} {3} {4} {5} {6}")
            .withArguments("time", "random", "network", "ethernet", "ipv6", "udp", "tcp"),
        stack("stackv4v6", "MakeV4V6", "{2} {3} {4} {5} {6} {7} {8}")
            .withArguments(
                "time",
                "random",
                "network",
                "ethernet",
                "arpv4",
                "ipv4v6",
                "icmpv4",
                "udp",
                "tcp"));
  }

  /** The host's. */
  private static List<DeviceImplementation> sockets() {
    String dual = "~ipv4_only:{ipv4_only} ~ipv6_only:{ipv6_only} {ipv4} {ipv6}";
    return Stream.of(
            sockets("v4", "4", "V4", "{ipv4}"),
            sockets("v6", "6", "V6", "{ipv6}"),
            sockets("v4v6", "46", "V4V6", dual))
        .flatMap(List::stream)
        .toList();
  }

  private static List<DeviceImplementation> sockets(
      String version, String suffix, String functor, String addresses) {
    return List.of(
        socket("udp" + version, "Udp" + suffix, addresses),
        socket("tcp" + version, "Tcp" + suffix, addresses),
        socket("stack" + version, functor, "{0} {1}").withArguments("udp", "tcp"));
  }

  private static DeviceImplementation socket(String kind, String module, String arguments) {
    return DeviceImplementation.of(
        kind + "-socket",
        kind + "_socket",
        Set.of(Target.UNIX),
        "Tcpip_stack_socket." + module,
        "{module}.connect " + arguments,
        "tcpip.stack-socket");
  }

  private static DeviceImplementation stack(String kind, String functor, String arguments) {
    return device(
        kind + "-direct",
        kind + "_direct",
        "Tcpip_stack_direct." + functor,
        arguments,
        "tcpip.stack-direct");
  }

  private static DeviceImplementation device(
      String name, String kind, String module, String arguments, String library) {
    return DeviceImplementation.of(
        name, kind, Target.ALL, module, "{module}.connect " + arguments, library);
  }

  private static OcamlLibrary library(String name, String version, String... requires) {
    return OcamlLibrary.of(StackDevices.class, name, version, requires);
  }
}
