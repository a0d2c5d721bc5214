// SPDX-License-Identifier: Apache-2.0
package mirage.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A folder that is gone, with all in it, when it is closed, and also when the process is interrupted before. */
public final class TemporaryFolder implements AutoCloseable {
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(TemporaryFolder::discard)));
  }

  private final Path path;

  private TemporaryFolder(Path path) {
    this.path = path;
    OPEN.add(path);
  }

  /**
   * Makes one where the system keeps such folders.
   *
   * @param purpose a word for its name
   * @throws MirageException when there is no room for it
   */
  public static TemporaryFolder of(String purpose) {
    try {
      return new TemporaryFolder(Files.createTempDirectory("mirage-" + purpose + "-"));
    } catch (IOException e) {
      throw new MirageException("cannot make a temporary folder: " + AtomicFiles.reason(e), e);
    }
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
    OPEN.remove(path);
  }

  /** While the process ends, others may still write there: what is left is not worth a message. */
  private static void discard(Path place) {
    try {
      AtomicFiles.delete(place);
    } catch (MirageException e) {
      return;
    }
  }
}
