// SPDX-License-Identifier: Apache-2.0
package mirage.device.block;

import java.util.List;
import mirage.device.DeviceImplementation;
import mirage.device.DeviceProvider;
import mirage.device.OcamlLibrary;
import mirage.device.Target;

/** Arrays of sectors, in a data partition of the flash and in memory. */
public final class BlockDevices implements DeviceProvider {
  @Override
  public List<OcamlLibrary> libraries() {
    return List.of(
        library("mirage-block-flash", "cstruct", "lwt", "mirage-block", "mirage-os"),
        library("mirage-block-ramdisk", "cstruct", "lwt", "mirage-block"));
  }

  @Override
  public List<DeviceImplementation> implementations() {
    return List.of(
        DeviceImplementation.of(
                "block-flash",
                "block",
                Target.ALL,
                "Block",
                "{module}.connect ()",
                "mirage-block-flash")
            .withGenerator(new PartitionImage()),
        DeviceImplementation.of(
            "block-ramdisk",
            "ramdisk",
            Target.ALL,
            "Ramdisk",
            "{module}.connect ~name:\"{name}\"",
            "mirage-block-ramdisk"));
  }

  private static OcamlLibrary library(String name, String... requires) {
    return OcamlLibrary.of(BlockDevices.class, name, "3.0.2", requires);
  }
}
