// SPDX-License-Identifier: Apache-2.0
package mirage.device.kv;

import java.util.List;
import mirage.device.DeviceImplementation;
import mirage.device.DeviceProvider;
import mirage.device.OcamlLibrary;
import mirage.device.Target;

/** A folder as constants of the program or in a data partition, and a store in memory. */
public final class KvDevices implements DeviceProvider {
  @Override
  public List<OcamlLibrary> libraries() {
    return List.of(
        library("mirage-kv-static", "4.0.1", "lwt", "mirage-kv"),
        library("mirage-kv-flash", "4.0.1", "lwt", "mirage-kv", "mirage-kv-static", "mirage-os"),
        library("mirage-kv-mem", "3.2.1", "lwt", "mirage-clock", "mirage-kv"));
  }

  @Override
  public List<DeviceImplementation> implementations() {
    return List.of(
        folder("kv-crunch", "crunch", "Static", false, "mirage-kv-static"),
        // A unikernel has no file system, and on the host it is to behave as on the chip.
        folder("kv-direct", "direct_kv_ro", "Direct", true, "mirage-kv-flash", "mirage-kv-static"),
        DeviceImplementation.of(
                "kv-mem",
                "kv_rw_mem",
                Target.ALL,
                "Mirage_kv_mem.Make",
                "{module}.connect ()",
                "mirage-kv-mem")
            .withArguments("pclock"));
  }

  private static DeviceImplementation folder(
      String name, String kind, String module, boolean partition, String... libraries) {
    return DeviceImplementation.of(name, kind, Target.ALL, module, "{module}.connect ()", libraries)
        .withGenerator(new Crunch(System.getenv(), partition));
  }

  private static OcamlLibrary library(String name, String version, String... requires) {
    return OcamlLibrary.of(KvDevices.class, name, version, requires);
  }
}
