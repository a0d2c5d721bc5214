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
          "On the chip: bytecode, interpreted in place, or native, compiled to Xtensa code"
              + " (bytecode).")
  BackEnd backEnd;
}
