// SPDX-License-Identifier: Apache-2.0
package mirage.device.kv;

/** Bytes as a string literal of OCaml. */
final class OcamlString {
  private static final int WIDTH = 96;

  private OcamlString() {}

  /** The literal, quotes included, on as many lines as it needs. */
  static String literal(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length + bytes.length / 8 + 2).append('"');
    int lineStart = text.length();
    for (int i = 0; i < bytes.length; i++) {
      if (text.length() - lineStart > WIDTH || i > 0 && bytes[i - 1] == '\n') {
        // The compiler skips the line end and the blanks after it: a blank that counts is escaped.
        text.append("\\\n");
        lineStart = text.length();
      }
      boolean first = text.length() == lineStart;
      text.append(first && bytes[i] == ' ' ? "\\ " : escaped(bytes[i] & 0xff));
    }
    return text.append('"').toString();
  }

  private static String escaped(int c) {
    if (c == '\n') {
      return "\\n";
    }
    if (c == '"' || c == '\\') {
      return "\\" + (char) c;
    }
    return c >= ' ' && c < 0x7f ? String.valueOf((char) c) : "\\%03d".formatted(c);
  }
}
