// SPDX-License-Identifier: Apache-2.0
package mirage.tools;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * The user's cache of built directories. An entry is named by what it is and by the fingerprint of
 * all it was made from; once published it never changes.
 *
 * @param root where the entries are; made on first use
 */
public record BuildCache(Path root) {
  /** Makes the content of an entry. */
  @FunctionalInterface
  public interface Builder {
    /**
     * Fills an empty directory. The directory is renamed afterwards: nothing in it may hold its
     * path. A failure of any kind leaves no entry.
     */
    void build(Path directory) throws IOException;
  }

  /** The cache the user's environment names. */
  public static BuildCache user() {
    return of(System.getenv());
  }

  /**
   * {@code $MIRAGE_CACHE}, else {@code $XDG_CACHE_HOME/mirage-esp32}, else {@code
   * ~/.cache/mirage-esp32}.
   */
  public static BuildCache of(Map<String, String> environment) {
    String own = environment.getOrDefault("MIRAGE_CACHE", "");
    if (!own.isEmpty()) {
      return new BuildCache(Path.of(own).toAbsolutePath().normalize());
    }
    String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base =
        shared.isEmpty()
            ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".cache")
            : Path.of(shared);
    return new BuildCache(base.resolve("mirage-esp32").toAbsolutePath().normalize());
  }

  /** Where an entry is, or will be once it is built. */
  public Path place(String name, Fingerprint inputs) {
    return root.resolve(name + "-" + inputs.brief());
  }

  /**
   * The directory made from these inputs, built now if nobody has before, or if files of it are gone.
   * Safe with any number of threads and processes: one builds, the others wait for it.
   *
   * @param name what it is, such as {@code "lib-mirage-console"}; part of the directory's name
   * @param inputs all that the content depends on
   * @throws MirageException when the cache cannot be written, or whatever {@code build} throws
   */
  public Path get(String name, Fingerprint inputs, Builder build) {
    Path entry = place(name, inputs);
    if (whole(entry)) {
      return entry;
    }
    try (Lock lock = lock(entry.getFileName().toString())) {
      assert lock != null;
      if (!whole(entry)) {
        AtomicFiles.delete(entry);
        publish(entry, build);
      }
      return entry;
    } catch (IOException e) {
      throw unusable("build " + name, e);
    }
  }

  private boolean whole(Path entry) {
    return Files.isDirectory(entry) && contents(entry).holdFor(entry);
  }

  private Contents contents(Path entry) {
    return new Contents(root.resolve(".contents").resolve(entry.getFileName()));
  }

  /** What is held until it is closed. */
  public interface Lock extends AutoCloseable {
    @Override
    void close() throws IOException;
  }

  /**
   * Waits until no other thread or process holds the lock of a directory outside the cache, then holds it.
   *
   * @throws MirageException when the cache cannot be written
   */
  public Lock lock(Path directory) {
    try {
      return lock("directory-" + Fingerprint.builder().text(directory.toString()).build().brief());
    } catch (IOException e) {
      throw unusable("lock " + directory, e);
    }
  }

  private Lock lock(String name) throws IOException {
    Path locks = Files.createDirectories(root.resolve(".locks"));
    FileChannel channel =
        FileChannel.open(locks.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      acquire(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    // The end of the channel is the end of its locks.
    return channel::close;
  }

  private MirageException unusable(String what, IOException e) {
    return new MirageException(
        "%s: cannot %s: %s\nthe build cache needs a writable directory with free space; MIRAGE_CACHE names another one"
            .formatted(root, what, AtomicFiles.reason(e)),
        e);
  }

  /** Under the entry's lock: whatever lies at the place is left from a killed process. */
  private void publish(Path entry, Builder build) throws IOException {
    Path place = root.resolve(".building").resolve(entry.getFileName().toString());
    try (TemporaryFolder made = TemporaryFolder.at(place)) {
      fill(made.path(), build);
      contents(entry).record(made.path());
      Files.move(made.path(), entry, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private void fill(Path directory, Builder build) throws IOException {
    try {
      build.build(directory);
    } catch (MirageException e) {
      throw FreeSpace.explained(root, e, "MIRAGE_CACHE names another directory");
    }
  }

  /** Locks of one process overlap instead of waiting, so threads poll. */
  private static void acquire(FileChannel channel) throws IOException {
    while (true) {
      try {
        channel.lock();
        return;
      } catch (OverlappingFileLockException e) {
        try {
          Thread.sleep(20);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted while another thread is at work", interrupted);
        }
      }
    }
  }
}
