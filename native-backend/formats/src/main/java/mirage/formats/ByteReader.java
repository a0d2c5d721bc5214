// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A position in a file held in memory. Each read is checked against the end; each failure names file and offset. */
final class ByteReader {
  private final String file;
  private final byte[] data;
  private final boolean little;
  private final int limit;
  private int position;

  ByteReader(String file, byte[] data, ByteOrder order) {
    this(file, data, order == ByteOrder.LITTLE_ENDIAN, 0, data.length);
  }

  private ByteReader(String file, byte[] data, boolean little, int position, int limit) {
    this.file = file;
    this.data = data;
    this.little = little;
    this.position = position;
    this.limit = limit;
  }

  String file() {
    return file;
  }

  /** Offset from the beginning of the file, also in a slice. */
  int position() {
    return position;
  }

  int remaining() {
    return limit - position;
  }

  /** Moves to an offset from the beginning of the file. */
  ByteReader seek(long offset) {
    if (offset < 0 || offset > limit) {
      throw fail("an offset of " + offset + " bytes", "at most " + limit);
    }
    position = (int) offset;
    return this;
  }

  void skip(long count) {
    require(count, "bytes to skip");
    position += (int) count;
  }

  /** The next {@code length} bytes as a reader of their own; this reader moves behind them. */
  ByteReader slice(long length, String what) {
    require(length, what);
    ByteReader slice = new ByteReader(file, data, little, position, position + (int) length);
    position += (int) length;
    return slice;
  }

  /** A reader of {@code length} bytes at {@code offset} of the file; this reader does not move. */
  ByteReader at(long offset, long length, String what) {
    if (offset < 0 || length < 0 || offset > limit || length > limit - offset) {
      throw fail(
          what + " of " + length + " bytes at 0x" + Long.toHexString(offset),
          "what lies inside the file of " + limit + " bytes");
    }
    return new ByteReader(file, data, little, (int) offset, (int) (offset + length));
  }

  /** Fails unless {@code count} more bytes are there. */
  void require(long count, String what) {
    if (count < 0 || count > remaining()) {
      throw fail(
          what + " of " + Integer.toUnsignedString((int) count) + " bytes",
          "at most the " + remaining() + " bytes that remain");
    }
  }

  int u8() {
    require(1, "a field");
    return data[position++] & 0xFF;
  }

  int i8() {
    return (byte) u8();
  }

  int u16() {
    require(2, "a field");
    int first = u8();
    int second = u8();
    return little ? first | second << 8 : first << 8 | second;
  }

  int i16() {
    return (short) u16();
  }

  int i32() {
    require(4, "a field");
    int first = u16();
    int second = u16();
    return little ? first | second << 16 : first << 16 | second;
  }

  long u32() {
    return Integer.toUnsignedLong(i32());
  }

  long i64() {
    require(8, "a field");
    long first = u32();
    long second = u32();
    return little ? first | second << 32 : first << 32 | second;
  }

  byte[] bytes(long count, String what) {
    require(count, what);
    byte[] result = Arrays.copyOfRange(data, position, position + (int) count);
    position += (int) count;
    return result;
  }

  /** The bytes that remain. */
  byte[] rest() {
    return bytes(remaining(), "rest");
  }

  /** A string that ends with a zero byte or with the reader. */
  String zeroTerminated() {
    int end = position;
    while (end < limit && data[end] != 0) {
      end++;
    }
    String text = new String(data, position, end - position, StandardCharsets.ISO_8859_1);
    position = Math.min(limit, end + 1);
    return text;
  }

  FormatException fail(String found, String allowed) {
    return failAt(position, found, allowed);
  }

  FormatException failAt(long offset, String found, String allowed) {
    return new FormatException(file, offset, found, allowed);
  }
}
