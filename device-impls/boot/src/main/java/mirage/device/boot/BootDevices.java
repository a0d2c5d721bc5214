// SPDX-License-Identifier: Apache-2.0
package mirage.device.boot;

import java.util.List;
import mirage.device.DeviceImplementation;
import mirage.device.DeviceProvider;
import mirage.device.Target;

/** Boot arguments, and the program's knowledge of its own build. */
public final class BootDevices implements DeviceProvider {
  @Override
  public List<DeviceImplementation> implementations() {
    return List.of(
        DeviceImplementation.of(
            "argv-os", "argv", Target.ALL, "Bootvar", "{module}.argv ()", "mirage-os"),
        // The tool writes this module: it alone knows the libraries of a program.
        DeviceImplementation.of(
            "app-info",
            "app_info",
            Target.ALL,
            "Info_gen",
            "Lwt.return {module}.info",
            "mirage-runtime"));
  }
}
