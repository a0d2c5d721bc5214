// SPDX-License-Identifier: Apache-2.0
package mirage.device.random;

import java.util.List;
import mirage.device.DeviceImplementation;
import mirage.device.DeviceProvider;
import mirage.device.OcamlLibrary;
import mirage.device.Target;

/** The hardware generator, and the libraries unikernels draw random numbers with. */
public final class RandomDevices implements DeviceProvider {
  @Override
  public List<OcamlLibrary> libraries() {
    return List.of(
        library("mirage-random-hardware", "3.0.0", "cstruct", "mirage-os"),
        library("mirage-crypto-rng", "0.10.7", "cstruct", "mirage-random-hardware"),
        library(
            "mirage-crypto-rng-mirage",
            "0.10.7",
            "lwt",
            "mirage-clock",
            "mirage-crypto-rng",
            "mirage-time"),
        library(
            "mirage-crypto-rng-hardware",
            "1.0.0",
            "cstruct",
            "logs",
            "mirage-crypto-rng",
            "mirage-os"),
        library("randomconv", "0.1.3", "cstruct"));
  }

  @Override
  public List<DeviceImplementation> implementations() {
    return List.of(
        DeviceImplementation.of(
            "random-hardware",
            "random",
            Target.ALL,
            "Mirage_random_hardware",
            "Lwt.return ()",
            "mirage-random-hardware"));
  }

  private static OcamlLibrary library(String name, String version, String... requires) {
    return OcamlLibrary.of(RandomDevices.class, name, version, requires);
  }
}
