// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import mirage.bindings.link.BackEnd;
import picocli.CommandLine.Option;

/** What a program for the chip becomes. */
final class BackEndOption {
  @Option(
      names = "--backend",
      paramLabel = "BACKEND",
      order = 2,
      description =
          "On the chip: native, compiled to Xtensa code, or bytecode, interpreted in place"
              + " (native).")
  BackEnd backEnd;
}
