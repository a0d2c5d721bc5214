// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.util.Arrays;

/** A growing little-endian byte buffer. */
final class ByteWriter {
  private byte[] data = new byte[1024];
  private int length;

  int length() {
    return length;
  }

  ByteWriter u8(int value) {
    if (length == data.length) {
      data = Arrays.copyOf(data, 2 * data.length);
    }
    data[length++] = (byte) value;
    return this;
  }

  ByteWriter u16(int value) {
    return u8(value).u8(value >> 8);
  }

  ByteWriter i32(int value) {
    return u16(value).u16(value >> 16);
  }

  ByteWriter bytes(byte[] bytes) {
    if (bytes.length > data.length - length) {
      data = Arrays.copyOf(data, Math.max(2 * data.length, length + bytes.length));
    }
    System.arraycopy(bytes, 0, data, length, bytes.length);
    length += bytes.length;
    return this;
  }

  ByteWriter fill(int value, int count) {
    for (int i = 0; i < count; i++) {
      u8(value);
    }
    return this;
  }

  /** Fills with {@code value} up to the next multiple of {@code alignment}. */
  ByteWriter align(int alignment, int value) {
    return fill(value, Math.floorMod(-length, alignment));
  }

  byte[] toByteArray() {
    return Arrays.copyOf(data, length);
  }
}
