// SPDX-License-Identifier: Apache-2.0
package mirage.device.console;

import java.util.List;
import java.util.Set;
import mirage.device.DeviceImplementation;
import mirage.device.DeviceProvider;
import mirage.device.OcamlLibrary;
import mirage.device.Target;

/** The console of each target. */
public final class ConsoleDevices implements DeviceProvider {
  @Override
  public List<OcamlLibrary> libraries() {
    return List.of(
        OcamlLibrary.of(
            ConsoleDevices.class,
            "mirage-console-board",
            "4.0.0",
            "cstruct",
            "lwt",
            "mirage-console",
            "mirage-os"));
  }

  @Override
  public List<DeviceImplementation> implementations() {
    return List.of(
        console("console-esp32", Target.ESP32, "Console_esp32"),
        console("console-unix", Target.UNIX, "Console_unix"));
  }

  private static DeviceImplementation console(String name, Target target, String module) {
    return DeviceImplementation.of(
        name, "console", Set.of(target), module, "{module}.connect \"0\"", "mirage-console-board");
  }
}
