// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes, made of numbers that take as many as they need (LEB128) and of text that ends with a zero byte. */
final class VariableLength {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  void unsigned(int value) {
    int rest = value;
    while (rest >>> 7 != 0) {
      out.write(rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  void signed(int value) {
    unsigned(zigzag(value));
  }

  /** 0, -1, 1, -2, ... are 0, 1, 2, 3, ... */
  static int zigzag(int value) {
    return value << 1 ^ value >> 31;
  }

  void text(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    out.write(0);
  }

  int size() {
    return out.size();
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
