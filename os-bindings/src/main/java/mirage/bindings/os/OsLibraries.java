// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.os;

import java.util.List;
import mirage.device.DeviceProvider;
import mirage.device.OcamlLibrary;

/**
 * Offers the OCaml libraries of this jar. They take the place of upstream's libraries of the same
 * names.
 */
public final class OsLibraries implements DeviceProvider {
  /** The MirageOS release whose interface these libraries have. */
  private static final String MIRAGE = "3.10.8";

  private static final String FUNCTORIA = "3.1.2";

  @Override
  public List<OcamlLibrary> libraries() {
    return List.of(
        library("functoria-runtime", FUNCTORIA),
        library("mirage-runtime", MIRAGE, "functoria-runtime", "ipaddr", "logs", "lwt"),
        library("mirage-os", MIRAGE, "lwt", "mirage-runtime"));
  }

  private static OcamlLibrary library(String name, String version, String... requires) {
    return OcamlLibrary.of(OsLibraries.class, name, version, requires);
  }
}
