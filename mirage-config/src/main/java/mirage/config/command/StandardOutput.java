// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import mirage.tools.MirageException;

/**
 * The process's standard output, which ends the command when nothing can be written to it any more. A
 * plain print stream keeps that to itself, and a unikernel would talk to nobody for ever.
 */
final class StandardOutput extends OutputStream {
  /** What cannot be written. */
  static final class Lost extends MirageException {
    private static final long serialVersionUID = 1L;

    private final boolean readerGone;

    private Lost(IOException reason) {
      super("cannot write to standard output: " + reason.getMessage(), reason);
      readerGone = "Broken pipe".equals(reason.getMessage());
    }

    /** Whether whoever read it has read enough, as {@code head} does: no failure worth a message. */
    boolean readerGone() {
      return readerGone;
    }
  }

  private final OutputStream file = new FileOutputStream(FileDescriptor.out);
  private boolean lost;

  private StandardOutput() {}

  /** A print stream that throws {@link Lost}, once. */
  static PrintStream stream() {
    return new PrintStream(new BufferedOutputStream(new StandardOutput()));
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) {
    if (!lost) {
      try {
        file.write(bytes, from, count);
      } catch (IOException e) {
        lost = true;
        throw new Lost(e);
      }
    }
  }
}
