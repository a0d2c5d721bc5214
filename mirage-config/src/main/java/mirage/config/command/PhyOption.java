// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.nio.file.Path;
import java.util.Optional;
import mirage.config.project.PhyChoice;
import mirage.config.project.Unikernel;
import picocli.CommandLine.Option;

/** The vendor's library for the radio of a board. */
final class PhyOption {
  @Option(
      names = "--phy",
      paramLabel = "FILE",
      order = 5,
      description =
          "On the chip, with WiFi: the vendor's PHY library, which calibrates a board's radio (libphy.a).")
  Path file;

  /** What is typed, seen from the unikernel's folder. */
  PhyChoice choice(Environment environment, Unikernel unikernel) {
    if (file == null) {
      return PhyChoice.NONE;
    }
    Locator.there(environment, file, "the vendor's libphy.a for the ESP32");
    Path place = environment.directory().resolve(file).normalize();
    return new PhyChoice(Optional.of(unikernel.sources().relativize(place).toString()));
  }
}
