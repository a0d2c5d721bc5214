// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.nio.file.Files;
import java.nio.file.Path;
import mirage.config.project.Unikernel;
import mirage.tools.MirageException;

/** Finds the unikernel that a command line means. */
final class Locator {
  private static final String CONFIG = "config.ml";

  private Locator() {}

  /** Where the unikernel would be; whether it is there is not looked at. Each argument may be null. */
  static Unikernel place(Environment environment, Path folder, Path file, Path buildDirectory) {
    Path base = folder == null ? environment.directory() : environment.directory().resolve(folder);
    Path config = base.resolve(file == null ? Path.of(CONFIG) : file).toAbsolutePath().normalize();
    Path build =
        buildDirectory == null
            ? config.getParent()
            : base.resolve(buildDirectory).toAbsolutePath().normalize();
    return new Unikernel(config, build);
  }

  /**
   * The unikernel.
   *
   * @throws MirageException when there is no configuration file
   */
  static Unikernel find(Environment environment, Path folder, Path file, Path buildDirectory) {
    Unikernel unikernel = place(environment, folder, file, buildDirectory);
    if (!Files.isRegularFile(unikernel.config())) {
      Path parent = unikernel.sources();
      throw new MirageException(
          Files.isDirectory(parent)
              ? "configuration file %s missing in %s"
                  .formatted(unikernel.config().getFileName(), parent)
              : "no folder " + parent);
    }
    return unikernel;
  }
}
