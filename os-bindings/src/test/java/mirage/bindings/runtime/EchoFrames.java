// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.runtime;

import java.util.Arrays;

/** Ethernet frames of those who talk to the program {@code c/net.c}. */
final class EchoFrames {
  static final int HEADER = 14;

  private EchoFrames() {}

  /**
   * A frame for the program.
   *
   * @param mac the program's address
   * @param what it is asked for
   * @param size all bytes, without the check sequence
   */
  static byte[] frame(byte[] mac, char what, int size) {
    byte[] content = new byte[size];
    System.arraycopy(mac, 0, content, 0, 6);
    Arrays.fill(content, 6, 12, (byte) 2);
    content[12] = (byte) 0x88;
    content[13] = (byte) 0xB5;
    content[HEADER] = (byte) what;
    for (int i = HEADER + 1; i < size; i++) {
      content[i] = (byte) (i * 7 + size);
    }
    return content;
  }

  /** What the program sends back, before its MAC makes it longer. */
  static byte[] answer(byte[] mac, byte[] frame) {
    byte[] content = frame.clone();
    System.arraycopy(frame, 6, content, 0, 6);
    System.arraycopy(mac, 0, content, 6, 6);
    return content;
  }
}
