// SPDX-License-Identifier: Apache-2.0
package mirage.device.wifi;

import java.util.List;
import java.util.Set;
import mirage.device.DeviceImplementation;
import mirage.device.DeviceProvider;
import mirage.device.OcamlLibrary;
import mirage.device.Target;

/** The chip's radio, IEEE 802.11 above it, and the network interface that is made of both. */
public final class WifiDevices implements DeviceProvider {
  private static final String INTERFACE = "wifi";

  @Override
  public List<OcamlLibrary> libraries() {
    return List.of(
        library("wifi-radio", "cstruct", "lwt", "macaddr", "mirage-os"),
        library("ieee80211", "cstruct", "macaddr"),
        library("wpa", "cstruct", "ieee80211", "macaddr", "mirage-crypto"),
        library(
            "wifi-mac",
            "cstruct",
            "ieee80211",
            "logs",
            "lwt",
            "macaddr",
            "mirage-net",
            "mirage-time",
            "wpa"),
        library(
            INTERFACE,
            "cstruct",
            "logs",
            "lwt",
            "macaddr",
            "mirage-net",
            "mirage-os",
            "mirage-random-hardware",
            "wifi-mac",
            "wifi-radio"));
  }

  @Override
  public List<DeviceImplementation> implementations() {
    return List.of(
        DeviceImplementation.of(
            "net-wifi",
            "network_wifi",
            Set.of(Target.ESP32),
            "Wifi_netif",
            "{module}.{role} ~ssid:{ssid} ~passphrase:{passphrase}",
            INTERFACE));
  }

  private static OcamlLibrary library(String name, String... requires) {
    return OcamlLibrary.of(WifiDevices.class, name, "0.1.0", requires);
  }
}
