// SPDX-License-Identifier: Apache-2.0
package mirage.device.services;

import java.util.List;
import mirage.device.DeviceImplementation;
import mirage.device.DeviceProvider;
import mirage.device.OcamlLibrary;
import mirage.device.Target;

/** Names, conduit and HTTP. */
public final class ServiceDevices implements DeviceProvider {
  @Override
  public List<OcamlLibrary> libraries() {
    return List.of(
        library("dns-client", "6.0.0", "cstruct", "domain-name", "ipaddr"),
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
            "tcpip"),
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
            .withArguments("random", "time", "mclock", "pclock", "stackv4v6_direct"),
        device(
                "conduit-tcp",
                "conduit_tcp",
                "Conduit_mirage.TCP",
                "Lwt.return {0}",
                "conduit-mirage")
            .withArguments("stackv4v6_direct"),
        device(
                "cohttp-server",
                "cohttp_server",
                "Cohttp_mirage.Server.Make",
                "Lwt.return ({module}.listen {0})",
                "cohttp-mirage")
            .withArguments("conduit_tcp"),
        device(
                "cohttp-client",
                "cohttp_client",
                "Cohttp_mirage.Client.Make",
                "Lwt.return ({module}.ctx {1} {2})",
                "cohttp-mirage")
            .withArguments("pclock", "resolver_dns", "conduit_tcp"));
  }

  private static DeviceImplementation device(
      String name, String kind, String module, String connect, String library) {
    return DeviceImplementation.of(name, kind, Target.ALL, module, connect, library);
  }

  private static OcamlLibrary library(String name, String version, String... requires) {
    return OcamlLibrary.of(ServiceDevices.class, name, version, requires);
  }
}
