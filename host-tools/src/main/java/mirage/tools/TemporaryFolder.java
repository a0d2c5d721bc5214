// SPDX-License-Identifier: Apache-2.0
package mirage.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that is gone, with all in it, when it is closed, and also when the process is interrupted before. */
public final class TemporaryFolder implements AutoCloseable {
  private final Path path;

  private TemporaryFolder(Path path) {
    this.path = path;
    Shutdown.delete(path);
  }

  /**
   * Makes one where the system keeps such folders.
   *
   * @param purpose a word for its name
   * @throws MirageException when there is no room for it
   */
  public static TemporaryFolder of(String purpose) {
    try {
      return Shutdown.begin(
          () -> new TemporaryFolder(Files.createTempDirectory("mirage-" + purpose + "-")));
    } catch (IOException e) {
      throw new MirageException("cannot make a temporary folder: " + AtomicFiles.reason(e), e);
    }
  }

  /** Makes one at a place that is this process's alone; what lies there is deleted first. */
  static TemporaryFolder at(Path place) throws IOException {
    AtomicFiles.delete(place);
    return Shutdown.begin(() -> new TemporaryFolder(Files.createDirectories(place)));
  }

  public Path path() {
    return path;
  }

  /** A file in it. */
  public Path file(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() {
    AtomicFiles.delete(path);
    Shutdown.keep(path);
  }
}
