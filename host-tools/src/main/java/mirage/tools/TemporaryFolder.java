// SPDX-License-Identifier: Apache-2.0
package mirage.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A folder that is gone, with all in it, when it is closed, and also when the process is interrupted before. */
public final class TemporaryFolder implements AutoCloseable {
  /** How often a folder is deleted that others are still writing to while the process ends. */
  private static final int ATTEMPTS = 20;

  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private static boolean ending;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(TemporaryFolder::end));
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
    TemporaryFolder made = make(purpose);
    if (made == null) {
      waitForTheEnd();
    }
    return made;
  }

  /** Null when the process is ending: what is made behind {@link #end} would stay. */
  private static synchronized TemporaryFolder make(String purpose) {
    try {
      return ending
          ? null
          : new TemporaryFolder(Files.createTempDirectory("mirage-" + purpose + "-"));
    } catch (IOException e) {
      throw new MirageException("cannot make a temporary folder: " + AtomicFiles.reason(e), e);
    }
  }

  /** What would be done in a new folder is not done any more: it could only fail, for others are gone already. */
  private static void waitForTheEnd() {
    while (true) {
      LockSupport.park();
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

  private static void end() {
    synchronized (TemporaryFolder.class) {
      ending = true;
    }
    OPEN.forEach(TemporaryFolder::discard);
  }

  /** While the process ends, others may still write there: what is left after some attempts is not worth a message. */
  private static void discard(Path place) {
    for (int i = 0; i < ATTEMPTS && Files.exists(place); i++) {
      try {
        AtomicFiles.delete(place);
      } catch (MirageException e) {
        LockSupport.parkNanos(20_000_000);
      }
    }
  }
}
