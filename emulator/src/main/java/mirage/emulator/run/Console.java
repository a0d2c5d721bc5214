// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import mirage.emulator.EmulatorException;

/** Takes what UART0 sends: passes it on, and watches for the text a run waits for. */
final class Console {
  private final OutputStream out;
  private final byte[] expected;
  private final int[] fallback;
  private int matched;
  private boolean found;
  private boolean pending;

  /** {@code expect} may be null. */
  Console(OutputStream out, String expect) {
    this.out = out;
    this.expected = expect == null ? new byte[0] : expect.getBytes(StandardCharsets.UTF_8);
    this.fallback = fallbacks(expected);
  }

  /** Whether the expected text has been sent. */
  boolean found() {
    return found;
  }

  void write(int value) {
    try {
      out.write(value);
      pending = true;
    } catch (IOException e) {
      throw new EmulatorException("cannot write the serial console's output: " + e.getMessage(), e);
    }
    if (expected.length > 0 && !found) {
      match((byte) value);
    }
  }

  /** Shows what was sent; called when the machine pauses and at the end. */
  void flush() {
    try {
      if (pending) {
        out.flush();
        pending = false;
      }
    } catch (IOException e) {
      throw new EmulatorException("cannot write the serial console's output: " + e.getMessage(), e);
    }
  }

  private void match(byte value) {
    while (matched > 0 && expected[matched] != value) {
      matched = fallback[matched - 1];
    }
    if (expected[matched] == value) {
      matched++;
    }
    found = matched == expected.length;
  }

  /** For each length of a match the longest shorter match that is its end (Knuth, Morris, Pratt). */
  private static int[] fallbacks(byte[] text) {
    int[] table = new int[text.length];
    for (int i = 1, k = 0; i < text.length; i++) {
      while (k > 0 && text[k] != text[i]) {
        k = table[k - 1];
      }
      if (text[k] == text[i]) {
        k++;
      }
      table[i] = k;
    }
    return table;
  }
}
