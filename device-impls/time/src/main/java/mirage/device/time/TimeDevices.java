// SPDX-License-Identifier: Apache-2.0
package mirage.device.time;

import java.util.List;
import mirage.device.DeviceImplementation;
import mirage.device.DeviceProvider;
import mirage.device.Target;

/** The main loop's timers. */
public final class TimeDevices implements DeviceProvider {
  @Override
  public List<DeviceImplementation> implementations() {
    return List.of(
        DeviceImplementation.of(
            "time-os", "time", Target.ALL, "OS.Time", "Lwt.return ()", "mirage-os"));
  }
}
