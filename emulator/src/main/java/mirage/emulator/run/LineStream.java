// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Passes lines on as wholes, each behind a name, so that those of several boards do not mix. */
final class LineStream extends OutputStream {
  private final OutputStream out;
  private final byte[] prefix;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /** {@code out} is shared, and stays open. */
  LineStream(OutputStream out, String name) {
    this.out = out;
    this.prefix = (name + ": ").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void write(int value) throws IOException {
    line.write(value);
    if (value == '\n') {
      pass();
    }
  }

  /** Shows lines that are complete. */
  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /** Ends a line that has not ended. */
  @Override
  public void close() throws IOException {
    if (line.size() > 0) {
      write('\n');
    }
    flush();
  }

  private void pass() throws IOException {
    out.write(prefix);
    line.writeTo(out);
    line.reset();
  }
}
