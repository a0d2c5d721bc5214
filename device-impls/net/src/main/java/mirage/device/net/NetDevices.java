// SPDX-License-Identifier: Apache-2.0
package mirage.device.net;

import java.util.List;
import mirage.device.DeviceImplementation;
import mirage.device.DeviceProvider;
import mirage.device.OcamlLibrary;
import mirage.device.Target;

/** The network interfaces of both targets. */
public final class NetDevices implements DeviceProvider {
  private static final String LIBRARY = "mirage-net-board";

  @Override
  public List<OcamlLibrary> libraries() {
    return List.of(
        OcamlLibrary.of(
            NetDevices.class,
            LIBRARY,
            "4.0.0",
            "cstruct",
            "logs",
            "lwt",
            "macaddr",
            "mirage-net",
            "mirage-os"));
  }

  @Override
  public List<DeviceImplementation> implementations() {
    return List.of(
        DeviceImplementation.of(
            "net-board", "network", Target.ALL, "Netif", "{module}.connect {interface}", LIBRARY));
  }
}
