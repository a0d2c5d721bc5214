// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mirage.emulator.EmulatorException;

/**
 * A program of the host at the far end of the cable, for one run. It ends with the connection to it, so also when this process is
 * killed.
 */
final class LinkProgram implements AutoCloseable {
  private static final long END_MILLIS = 2_000;

  private final Process process;
  private final StreamLink link;

  LinkProgram(Process process, StreamLink link) {
    this.process = process;
    this.link = link;
  }

  /**
   * Starts a program.
   *
   * @param log gets what it prints
   * @param missing the message when it is not installed
   */
  static Process launch(List<String> command, Path log, String missing) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(log.toFile())
          .start();
    } catch (IOException e) {
      throw new EmulatorException(missing, e);
    }
  }

  /** What it has printed. */
  static String printed(Path log) throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8);
  }

  /** Waits for a program's end; an interrupt counts as one. */
  static boolean hasEnded(Process process, long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Deletes the folder of its socket and log: once connected nobody needs their names, and nothing is left however we end. */
  static void remove(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }

  StreamLink link() {
    return link;
  }

  @Override
  public void close() throws IOException {
    link.close();
    if (!hasEnded(process, END_MILLIS) || process.isAlive()) {
      process.destroyForcibly();
    }
  }
}
