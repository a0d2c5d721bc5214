// SPDX-License-Identifier: Apache-2.0
package mirage.device.wifi;

import java.util.List;
import mirage.device.DeviceProvider;
import mirage.device.OcamlLibrary;

/** The OCaml libraries for WiFi. */
public final class WifiLibraries implements DeviceProvider {
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
            "wifi",
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

  private static OcamlLibrary library(String name, String... requires) {
    return OcamlLibrary.of(WifiLibraries.class, name, "0.1.0", requires);
  }
}
