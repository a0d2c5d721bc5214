// SPDX-License-Identifier: Apache-2.0
package mirage.device.wifi;

import java.util.List;
import mirage.device.testkit.HostProgram;
import mirage.device.testkit.TestPrograms;

/** The OCaml programs of this module's tests. */
final class Programs {
  private static final List<String> LIBRARIES =
      List.of(
          "cstruct",
          "ieee80211",
          "logs",
          "lwt",
          "macaddr",
          "mirage-os",
          "mirage-random-hardware",
          "wifi-mac",
          "wpa");

  private Programs() {}

  /** Compiles a program, with other files it uses. */
  static HostProgram compile(String name, String... others) {
    return new TestPrograms(Programs.class, LIBRARIES).compile(name, others);
  }
}
