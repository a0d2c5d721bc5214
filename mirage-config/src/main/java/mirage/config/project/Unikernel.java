// SPDX-License-Identifier: Apache-2.0
package mirage.config.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mirage.device.Target;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;

/**
 * Where a unikernel's files are.
 *
 * @param config its config.ml, absolute
 * @param buildDirectory where {@code mirage/} and {@code dist/} are made, absolute
 */
public record Unikernel(Path config, Path buildDirectory) {

  /** The folder of the user's sources. */
  public Path sources() {
    return config.getParent();
  }

  /** The generated Maven project. */
  public Path generated() {
    return buildDirectory.resolve("mirage");
  }

  public Path pom() {
    return generated().resolve("pom.xml");
  }

  public Path manifest() {
    return generated().resolve("manifest.json");
  }

  /** The saved arguments of {@code mirage configure}. */
  public Path savedConfiguration() {
    return generated().resolve("config.json");
  }

  /** What the last build was made from and made. */
  public Path buildRecord() {
    return generated().resolve("build.json");
  }

  /** Objects of the compiler; may be deleted at any time. */
  public Path objects() {
    return generated().resolve("_build");
  }

  /** The results. */
  public Path dist() {
    return buildDirectory.resolve("dist");
  }

  /** What {@code run} runs: a flash image for the chip, a program for this machine. */
  public Path result(String name, Target target) {
    return dist()
        .resolve(
            switch (target) {
              case ESP32 -> name + ".bin";
              case UNIX -> name;
            });
  }

  /** The user's OCaml sources beside config.ml, sorted. */
  public List<Path> userSources() {
    try (Stream<Path> files = Files.list(sources())) {
      return files
          .filter(file -> file.toString().endsWith(".ml") || file.toString().endsWith(".mli"))
          .filter(file -> !file.equals(config))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new MirageException("cannot read " + sources() + ": " + AtomicFiles.reason(e), e);
    }
  }

  public boolean configured() {
    return AtomicFiles.isFile(savedConfiguration());
  }
}
