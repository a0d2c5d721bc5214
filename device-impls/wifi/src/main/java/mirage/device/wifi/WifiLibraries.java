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
        OcamlLibrary.of(
            WifiLibraries.class, "wifi-radio", "0.1.0", "cstruct", "lwt", "macaddr", "mirage-os"));
  }
}
