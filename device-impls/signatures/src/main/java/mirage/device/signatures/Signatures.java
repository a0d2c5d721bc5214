// SPDX-License-Identifier: Apache-2.0
package mirage.device.signatures;

import java.util.List;
import mirage.device.DeviceImplementation;
import mirage.device.DeviceProvider;
import mirage.device.OcamlLibrary;
import mirage.device.Target;

/** The libraries every unikernel is compiled against, but for those of the network stack. */
public final class Signatures implements DeviceProvider {
  /**
   * Each requires what upstream's library of that name does, used here or not: packages built from
   * upstream's sources use such libraries without saying so.
   */
  @Override
  public List<OcamlLibrary> libraries() {
    return List.of(
        library("mirage-device", "2.0.0", "lwt"),
        library("mirage-time", "3.0.0", "lwt"),
        library("mirage-clock", "4.2.0"),
        library("mirage-random", "3.0.0", "cstruct"),
        library("mirage-flow", "3.0.0", "cstruct", "fmt", "lwt"),
        library("mirage-console", "4.0.0", "cstruct", "lwt", "mirage-flow"),
        library("mirage-block", "3.0.2", "cstruct", "fmt", "lwt"),
        library("mirage-net", "4.0.0", "cstruct", "fmt", "lwt", "macaddr"),
        library("mirage-kv", "4.0.1", "fmt", "lwt"),
        library("mirage-fs", "4.0.0", "cstruct", "fmt", "lwt", "mirage-kv"),
        library("mirage-channel", "4.1.0", "cstruct", "logs", "lwt", "mirage-flow"),
        library("io-page", "3.0.0", "cstruct"),
        library("mirage-profile", "0.9.1", "lwt"));
  }

  @Override
  public List<DeviceImplementation> implementations() {
    return List.of(
        DeviceImplementation.of(
            "trace-none", "mprof_trace", Target.ALL, "MProf", "Lwt.return ()", "mirage-profile"));
  }

  private static OcamlLibrary library(String name, String version, String... requires) {
    return OcamlLibrary.of(Signatures.class, name, version, requires);
  }
}
