// SPDX-License-Identifier: Apache-2.0
package org.example.loud;

import java.util.List;
import mirage.device.DeviceImplementation;
import mirage.device.DeviceProvider;
import mirage.device.OcamlLibrary;
import mirage.device.Target;

/** Offers the console and the OCaml library it is written in. */
public final class LoudConsole implements DeviceProvider {
  @Override
  public List<OcamlLibrary> libraries() {
    return List.of(
        OcamlLibrary.of(LoudConsole.class, "loud-console", "1.0", "mirage-console-board"));
  }

  @Override
  public List<DeviceImplementation> implementations() {
    return List.of(
        DeviceImplementation.of(
            "console-loud",
            "console",
            Target.ALL,
            "Loud_console",
            "{module}.connect \"0\"",
            "loud-console"));
  }
}
