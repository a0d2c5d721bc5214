// SPDX-License-Identifier: Apache-2.0
package mirage.device.services;

import java.util.List;
import java.util.stream.Stream;
import mirage.device.DeviceImplementation;
import mirage.device.DeviceKinds;
import mirage.device.DeviceProvider;
import mirage.device.OcamlLibrary;
import mirage.device.Target;

/** Names, time, syslog, conduit and HTTP. */
public final class ServiceDevices implements DeviceProvider {
  @Override
  public List<OcamlLibrary> libraries() {
    return Stream.of(services(), web()).flatMap(List::stream).toList();
  }

  /** Names, time and messages. */
  private static List<OcamlLibrary> services() {
    return List.of(
        library("dns", "6.0.0", "cstruct", "domain-name", "ipaddr"),
        library("dns-client", "6.0.0", "cstruct", "dns", "domain-name", "ipaddr"),
        library(
            "dns-client.mirage",
            "6.0.0",
            "cstruct",
            "dns-client",
            "domain-name",
            "ipaddr",
            "lwt",
            "mirage-clock",
            "mirage-random",
            "mirage-time",
            "tcpip",
            "tcpip.nameservers"),
        library(
            "mdns",
            "1.0.0",
            "cstruct",
            "dns",
            "domain-name",
            "ipaddr",
            "logs",
            "lwt",
            "mirage-clock",
            "mirage-os",
            "mirage-random",
            "mirage-runtime",
            "mirage-time",
            "tcpip"),
        library(
            "sntp",
            "1.0.0",
            "cstruct",
            "logs",
            "lwt",
            "mirage-os",
            "mirage-random",
            "mirage-time",
            "tcpip"),
        library(
            "logs-syslog",
            "0.3.0",
            "cstruct",
            "ipaddr",
            "logs",
            "lwt",
            "mirage-clock",
            "mirage-console",
            "mirage-logs",
            "tcpip"));
  }

  /** Flows by name, and what goes over them. */
  private static List<OcamlLibrary> web() {
    return List.of(
        library(
            "conduit-mirage",
            "5.1.0",
            "conduit",
            "conduit-lwt",
            "cstruct",
            "dns-client.mirage",
            "domain-name",
            "ipaddr",
            "lwt",
            "mirage-clock",
            "mirage-flow",
            "mirage-random",
            "mirage-time",
            "tcpip",
            "uri"),
        library(
            "conduit-mirage.tls",
            "5.1.0",
            "conduit",
            "conduit-mirage",
            "cstruct",
            "domain-name",
            "ipaddr",
            "logs",
            "lwt",
            "mirage-crypto-rng-hardware",
            "mirage-flow",
            "tls-mirage"),
        library(
            "cohttp-mirage",
            "4.0.0",
            "cohttp",
            "cohttp-lwt",
            "conduit-mirage",
            "cstruct",
            "lwt",
            "mirage-channel",
            "mirage-clock",
            "mirage-flow"));
  }

  @Override
  public List<DeviceImplementation> implementations() {
    return List.of(
        device(
                "resolver-dns",
                "resolver_dns",
                "Resolver_mirage.Make",
                "Lwt.return ({module}.v"
                    + " ?nameservers:(Option.map (fun ip -> [ (ip, {resolver_port}) ]) {resolver}) {4})",
                "conduit-mirage")
            .withArguments("random", "time", "mclock", "pclock", DeviceKinds.ANY_STACK),
        device(
                "conduit-tcp",
                "conduit_tcp",
                "Conduit_mirage.TCP",
                "Lwt.return {0}",
                "conduit-mirage")
            .withArguments(DeviceKinds.ANY_STACK),
        device(
                "conduit-tls",
                "conduit_tls",
                "Conduit_tls.Make",
                "Lwt.return ({module}.v ~weak_random:{weak_random} {0})",
                "conduit-mirage.tls",
                "tls-mirage")
            .withArguments("conduit_tcp"),
        // Without upstream's TLS: who asks for it gets what does without.
        device(
                "conduit-without-tls",
                "conduit",
                "Conduit_mirage.Plain",
                "Lwt.return {0}",
                "conduit-mirage")
            .withArguments("conduit_tcp"),
        device(
                "mdns",
                "mdns",
                "Mdns_mirage.Make",
                "Lwt.return ({module}.start ~hostname:{hostname} {3})",
                "mdns")
            .withArguments("random", "time", "mclock", "stackv4v6_direct"),
        syslog("udp", "Lwt.return (Logs.set_reporter ({module}.create %s))"),
        syslog(
            "tcp",
            "Lwt.map (function Ok reporter -> Logs.set_reporter reporter | Error why -> failwith why) ({module}.create %s)"),
        device(
                "cohttp-server",
                "cohttp_server",
                "Cohttp_mirage.Server.Over",
                "Lwt.return ({module}.serve {0})",
                "cohttp-mirage")
            .withArguments(DeviceKinds.ANY_CONDUIT),
        device(
                "cohttp-client",
                "cohttp_client",
                "Cohttp_mirage.Client.Make",
                "Lwt.return ({module}.ctx {1} {2})",
                "cohttp-mirage")
            .withArguments("pclock", "resolver_dns", DeviceKinds.ANY_CONDUIT));
  }

  private static DeviceImplementation syslog(String protocol, String connect) {
    String create = "{0} {2} ~hostname:{hostname} server ?port:{port} ?truncate:{truncate} ()";
    return device(
            "syslog-" + protocol,
            "syslog_" + protocol,
            "Logs_syslog_mirage." + (protocol.equals("udp") ? "Udp" : "Tcp"),
            "match {server} with None -> Lwt.return_unit | Some server -> "
                + connect.formatted(create),
            "logs-syslog")
        .withArguments("console", "pclock", DeviceKinds.ANY_STACK);
  }

  private static DeviceImplementation device(
      String name, String kind, String module, String connect, String... libraries) {
    return DeviceImplementation.of(name, kind, Target.ALL, module, connect, libraries);
  }

  private static OcamlLibrary library(String name, String version, String... requires) {
    return OcamlLibrary.of(ServiceDevices.class, name, version, requires);
  }
}
