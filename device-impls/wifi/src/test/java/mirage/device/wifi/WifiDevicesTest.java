// SPDX-License-Identifier: Apache-2.0
package mirage.device.wifi;

import java.nio.file.Path;
import mirage.device.OcamlLibrary;
import mirage.device.testkit.Conformance;
import mirage.device.testkit.OcamlHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WifiDevicesTest {
  private static final OcamlHost HOST = OcamlHost.ofClassPath();

  @TempDir Path folder;

  @Test
  void everyLibraryCompilesWithoutWarnings() {
    new WifiDevices().libraries().stream().map(OcamlLibrary::name).forEach(HOST::check);
  }

  @Test
  void theImplementationHasItsModuleType() {
    Conformance.check(HOST, folder, new WifiDevices().implementations());
  }

  /** The radio of the chip's library is what the state machines are written for. */
  @Test
  void theChipsRadioIsARadio() {
    HOST.program(
        folder, java.util.List.of("wifi-radio", "wifi-mac"), "module _ : Wifi_radio.S = Radio\n");
  }
}
