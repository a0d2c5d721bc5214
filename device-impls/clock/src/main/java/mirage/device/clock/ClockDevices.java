// SPDX-License-Identifier: Apache-2.0
package mirage.device.clock;

import java.util.List;
import mirage.device.DeviceImplementation;
import mirage.device.DeviceProvider;
import mirage.device.Target;

/** The board's clocks. */
public final class ClockDevices implements DeviceProvider {
  @Override
  public List<DeviceImplementation> implementations() {
    return List.of(
        clock("pclock-os", "pclock", "Pclock"), //
        clock("mclock-os", "mclock", "Mclock"));
  }

  private static DeviceImplementation clock(String name, String kind, String module) {
    return DeviceImplementation.of(name, kind, Target.ALL, module, "Lwt.return ()", "mirage-os");
  }
}
