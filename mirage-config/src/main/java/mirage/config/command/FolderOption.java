// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The folder argument of commands that know no keys. */
final class FolderOption {
  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "The unikernel's folder (the current folder).")
  Path folder;
}
