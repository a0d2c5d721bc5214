// SPDX-License-Identifier: Apache-2.0
package mirage.device;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The device kinds of MirageOS 3.10: what a config.ml can ask for. That a kind is here does not mean
 * that somebody implements it. Jars may implement kinds that are not here.
 */
public final class DeviceKinds {
  /**
   * As a functor's argument: whichever IP is given. What stands on one does not care for its version.
   */
  public static final String ANY_IP = "ip";

  /** As a functor's argument: whichever stack of both versions of IP is given, our own or the host's. */
  public static final String ANY_STACK = "stackv4v6";

  /** As a functor's argument: whichever conduit is given, with TLS or without. */
  public static final String ANY_CONDUIT = "conduit";

  private static final Set<String> IPS = Set.of("ipv4", "ipv6", "ipv4v6");

  /** In the order of the MirageOS manual: basics, storage, network, services. */
  public static final List<DeviceKind> ALL =
      List.of(
          kind("time", "Mirage_time.S", "mirage-time"),
          kind("pclock", "Mirage_clock.PCLOCK", "mirage-clock"),
          kind("mclock", "Mirage_clock.MCLOCK", "mirage-clock"),
          kind("random", "Mirage_random.S", "mirage-random"),
          kind("console", "Mirage_console.S", "mirage-console"),
          kind("argv", "sig val argv : unit -> string array Lwt.t end", "lwt"),
          kind("app_info", "sig val info : Mirage_info.t end", "mirage-runtime"),
          kind("reporter", "sig end", "logs"),
          kind("mprof_trace", "sig end", "mirage-profile"),
          kind("block", "Mirage_block.S", "mirage-block"),
          kind("ramdisk", "Mirage_block.S", "mirage-block"),
          kind("block_xenstore", "Mirage_block.S", "mirage-block"),
          kind("fat", "Mirage_fs.S", "mirage-fs"),
          kind("fat_of_files", "Mirage_fs.S", "mirage-fs"),
          kind("crunch", "Mirage_kv.RO", "mirage-kv"),
          kind("direct_kv_ro", "Mirage_kv.RO", "mirage-kv"),
          kind("archive", "Mirage_kv.RO", "mirage-kv"),
          kind("archive_of_files", "Mirage_kv.RO", "mirage-kv"),
          kind("kv_ro_of_fs", "Mirage_kv.RO", "mirage-kv"),
          kind("direct_kv_rw", "Mirage_kv.RW", "mirage-kv"),
          kind("kv_rw_mem", "Mirage_kv.RW", "mirage-kv"),
          kind("network", "Mirage_net.S", "mirage-net"),
          kind("network_wifi", "Mirage_net.S", "mirage-net"),
          kind("ethernet", "Ethernet.S", "ethernet"),
          kind("arpv4", "Arp.S", "arp.mirage"),
          kind("ipv4", "Tcpip.Ip.S with type ipaddr = Ipaddr.V4.t", "tcpip"),
          kind("ipv4_dhcp", "Tcpip.Ip.S with type ipaddr = Ipaddr.V4.t", "tcpip"),
          kind("ipv4_qubes", "Tcpip.Ip.S with type ipaddr = Ipaddr.V4.t", "tcpip"),
          kind("ipv6", "Tcpip.Ip.S with type ipaddr = Ipaddr.V6.t", "tcpip"),
          kind("ipv4v6", "Tcpip.Ip.S with type ipaddr = Ipaddr.t", "tcpip"),
          kind(ANY_IP, "Tcpip.Ip.S", "tcpip"),
          kind("icmpv4", "Icmpv4.S", "tcpip.icmpv4"),
          kind("udp", "Tcpip.Udp.S", "tcpip"),
          kind("tcp", "Tcpip.Tcp.S", "tcpip"),
          kind("udpv4_socket", "Tcpip.Udp.S with type ipaddr = Ipaddr.V4.t", "tcpip"),
          kind("tcpv4_socket", "Tcpip.Tcp.S with type ipaddr = Ipaddr.V4.t", "tcpip"),
          kind("udpv6_socket", "Tcpip.Udp.S with type ipaddr = Ipaddr.V6.t", "tcpip"),
          kind("tcpv6_socket", "Tcpip.Tcp.S with type ipaddr = Ipaddr.V6.t", "tcpip"),
          kind("udpv4v6_socket", "Tcpip.Udp.S with type ipaddr = Ipaddr.t", "tcpip"),
          kind("tcpv4v6_socket", "Tcpip.Tcp.S with type ipaddr = Ipaddr.t", "tcpip"),
          kind("stackv4_direct", "Tcpip.Stack.V4", "tcpip"),
          kind("stackv4_socket", "Tcpip.Stack.V4", "tcpip"),
          kind("stackv6_direct", "Tcpip.Stack.V6", "tcpip"),
          kind("stackv6_socket", "Tcpip.Stack.V6", "tcpip"),
          kind(ANY_STACK, "Tcpip.Stack.V4V6", "tcpip"),
          kind("stackv4v6_direct", "Tcpip.Stack.V4V6", "tcpip"),
          kind("stackv4v6_socket", "Tcpip.Stack.V4V6", "tcpip"),
          kind("resolver_dns", "Resolver_mirage.S", "conduit-mirage"),
          kind("resolver_unix", "Resolver_mirage.S", "conduit-mirage"),
          kind(ANY_CONDUIT, "Conduit_mirage.S", "conduit-mirage"),
          kind("conduit_tcp", "Conduit_mirage.S", "conduit-mirage"),
          kind("conduit_tls", "Conduit_mirage.S", "conduit-mirage"),
          kind("cohttp_server", "Cohttp_mirage.Server.S", "cohttp-mirage"),
          kind("httpaf_server", "sig end", "httpaf"),
          kind("cohttp_client", "Cohttp_lwt.S.Client", "cohttp-lwt"),
          kind("mdns", "sig end", "mdns"),
          kind("syslog_udp", "sig end", "logs-syslog"),
          kind("syslog_tcp", "sig end", "logs-syslog"),
          kind("syslog_tls", "sig end", "logs-syslog"),
          kind("qubesdb", "sig end", "mirage-qubes"));

  private DeviceKinds() {}

  /** The kind of that name. */
  public static Optional<DeviceKind> find(String name) {
    return ALL.stream().filter(kind -> kind.name().equals(name)).findFirst();
  }

  /**
   * Whether a device can be a functor's argument.
   *
   * @param kind what the functor wants
   * @param given the device's kind, or the type its users see
   */
  public static boolean fits(String kind, String given) {
    return given.equals(kind) || kind.equals(ANY_IP) && IPS.contains(given);
  }

  private static DeviceKind kind(String name, String signature, String library) {
    return new DeviceKind(name, signature, library);
  }
}
