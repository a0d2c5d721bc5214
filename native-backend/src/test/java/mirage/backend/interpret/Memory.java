// SPDX-License-Identifier: Apache-2.0
package mirage.backend.interpret;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import mirage.formats.OcamlValue;

/** The heap, static data and globals of an interpreted program: bytes from address 1024 up, little-endian; it grows. */
final class Memory {
  static final int STRING_TAG = 252;
  static final int DOUBLE_TAG = 253;
  static final int DOUBLE_ARRAY_TAG = 254;
  static final int CUSTOM_TAG = 255;

  private static final int BYTES = 1 << 16;

  private ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final Map<OcamlValue, Integer> literals = new IdentityHashMap<>();
  private int free = 1024;

  int load(int address) {
    return bytes.getInt(address);
  }

  void store(int address, int word) {
    bytes.putInt(address, word);
  }

  int loadByte(int address) {
    return bytes.get(address) & 0xFF;
  }

  void storeByte(int address, int value) {
    bytes.put(address, (byte) value);
  }

  long loadLong(int address) {
    return bytes.getLong(address);
  }

  void storeLong(int address, long value) {
    bytes.putLong(address, value);
  }

  /** Zeroed words without a header. */
  int room(int words) {
    int at = free;
    free += 4 * words;
    if (free > bytes.capacity()) {
      byte[] more = Arrays.copyOf(bytes.array(), Math.max(free, 2 * bytes.capacity()));
      bytes = ByteBuffer.wrap(more).order(ByteOrder.LITTLE_ENDIAN);
    }
    return at;
  }

  /** A block with that header, its fields zero. */
  int allocate(int header) {
    int block = room(1 + (header >>> 10)) + 4;
    store(block - 4, header);
    return block;
  }

  int allocate(int tag, int words) {
    return allocate(words << 10 | tag);
  }

  int tag(int block) {
    return load(block - 4) & 0xFF;
  }

  int words(int block) {
    return load(block - 4) >>> 10;
  }

  int field(int block, int index) {
    return load(block + 4 * index);
  }

  int string(byte[] content) {
    int words = content.length / 4 + 1;
    int block = allocate(STRING_TAG, words);
    for (int i = 0; i < content.length; i++) {
      storeByte(block + i, content[i]);
    }
    storeByte(block + 4 * words - 1, 4 * words - 1 - content.length);
    return block;
  }

  int string(String text) {
    return string(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  int length(int string) {
    int last = 4 * words(string) - 1;
    return last - loadByte(string + last);
  }

  String text(int string) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length(string); i++) {
      text.append((char) loadByte(string + i));
    }
    return text.toString();
  }

  int real(double value) {
    int block = allocate(DOUBLE_TAG, 2);
    storeLong(block, Double.doubleToRawLongBits(value));
    return block;
  }

  double real(int block) {
    return Double.longBitsToDouble(loadLong(block));
  }

  /** A boxed number: the operations' address, then its words. */
  int boxed(int operations, int words, long value) {
    int block = allocate(CUSTOM_TAG, 1 + words);
    store(block, operations);
    store(block + 4, (int) value);
    if (words == 2) {
      store(block + 8, (int) (value >>> 32));
    }
    return block;
  }

  /** The word of a constant; the same constant has one address. */
  int literal(
      OcamlValue value, java.util.function.ToIntFunction<OcamlValue.Boxed.Type> operations) {
    if (value instanceof OcamlValue.Int number) {
      return (int) number.value() << 1 | 1;
    }
    Integer known = literals.get(value);
    if (known == null) {
      known = value.accept(new Literals(this, operations));
      literals.put(value, known);
    }
    return known;
  }
}
