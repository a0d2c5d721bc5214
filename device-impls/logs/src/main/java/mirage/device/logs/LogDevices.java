// SPDX-License-Identifier: Apache-2.0
package mirage.device.logs;

import java.util.List;
import mirage.device.DeviceImplementation;
import mirage.device.DeviceProvider;
import mirage.device.OcamlLibrary;
import mirage.device.Target;

/** A reporter that writes lines to standard error. */
public final class LogDevices implements DeviceProvider {
  @Override
  public List<OcamlLibrary> libraries() {
    return List.of(
        OcamlLibrary.of(LogDevices.class, "mirage-logs", "1.2.0", "logs", "lwt", "mirage-clock"));
  }

  @Override
  public List<DeviceImplementation> implementations() {
    return List.of(
        DeviceImplementation.of(
                "reporter-stderr",
                "reporter",
                Target.ALL,
                "Mirage_logs.Make",
                """
                let reporter = {module}.create ?ring_size:{ring_size} () in
                  Mirage_runtime.set_level ~default:{level} {logs};
                  {module}.set_reporter reporter;
                  Lwt.return reporter""",
                "mirage-logs",
                "mirage-runtime")
            .withArguments("pclock"));
  }
}
