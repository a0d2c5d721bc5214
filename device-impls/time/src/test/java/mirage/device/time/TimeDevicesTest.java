// SPDX-License-Identifier: Apache-2.0
package mirage.device.time;

import java.nio.file.Path;
import mirage.device.testkit.Conformance;
import mirage.device.testkit.OcamlHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeDevicesTest {
  @Test
  void implementationsHaveTheirModuleTypes(@TempDir Path folder) {
    Conformance.check(OcamlHost.ofClassPath(), folder, new TimeDevices().implementations());
  }
}
