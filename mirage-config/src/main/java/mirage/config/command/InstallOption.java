// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import picocli.CommandLine.Option;

/** For commands that can build a unikernel's packages on their way. */
final class InstallOption {
  @Option(
      names = "--install",
      description =
          "First build for the chip the packages that config.ml names whose sources are in"
              + " mirage/duniverse beside it, or were installed before; see mirage help install.")
  boolean asked;
}
