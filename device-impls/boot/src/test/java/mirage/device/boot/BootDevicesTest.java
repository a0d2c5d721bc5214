// SPDX-License-Identifier: Apache-2.0
package mirage.device.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mirage.device.DeviceImplementation;
import mirage.device.testkit.Conformance;
import mirage.device.testkit.OcamlHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootDevicesTest {
  @TempDir Path folder;

  @Test
  void theArgumentsDeviceHasItsModuleType() {
    List<DeviceImplementation> argv =
        new BootDevices().implementations().stream().filter(i -> i.kind().equals("argv")).toList();
    assertThat(argv).hasSize(1);
    Conformance.check(OcamlHost.ofClassPath(), folder, argv);
  }

  @Test
  void theInfoModuleWrittenByTheToolHasItsModuleType() {
    OcamlHost.ofClassPath()
        .program(
            folder,
            List.of("mirage-runtime"),
            Map.of(
                "info_gen.ml",
                "let info = Functoria_info.{ name = \"n\"; libraries = []; packages = [ (\"a\", \"1\") ] }",
                "main.ml",
                "module _ : sig val info : Mirage_info.t end = Info_gen"));
  }
}
