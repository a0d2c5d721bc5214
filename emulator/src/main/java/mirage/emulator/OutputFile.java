// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files of the host that the emulator writes: traces and records. */
public final class OutputFile {
  private OutputFile() {}

  /**
   * Makes a file, or empties it.
   *
   * @throws EmulatorException with the reason, if it cannot be written
   */
  public static OutputStream create(Path file) {
    try {
      return Files.newOutputStream(file);
    } catch (IOException e) {
      throw new EmulatorException("cannot write " + file + ": " + reason(e), e);
    }
  }

  /** Messages of such exceptions begin with the file's name, or are nothing else. */
  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such folder";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    boolean told = e instanceof FileSystemException system && system.getReason() != null;
    return told ? ((FileSystemException) e).getReason() : e.getMessage();
  }
}
