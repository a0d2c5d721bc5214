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
   * Makes a file, or empties it. What is lost later, on a full disk, is an {@link EmulatorException}, too: a {@code PrintStream} does not
   * keep it to itself.
   *
   * @throws EmulatorException with the reason, if it cannot be written
   */
  public static OutputStream create(Path file) {
    try {
      return new Stream(file, Files.newOutputStream(file));
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static EmulatorException unwritable(Path file, IOException e) {
    return new EmulatorException("cannot write " + file + ": " + reason(e), e);
  }

  private static final class Stream extends OutputStream {
    private final Path file;
    private final OutputStream out;

    Stream(Path file, OutputStream out) {
      this.file = file;
      this.out = out;
    }

    @Override
    public void write(int value) {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        throw unwritable(file, e);
      }
    }

    @Override
    public void close() {
      try {
        out.close();
      } catch (IOException e) {
        throw unwritable(file, e);
      }
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
