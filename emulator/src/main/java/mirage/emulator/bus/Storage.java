// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.bus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * The words of all memories of a machine, little-endian, in one array: code that is made for speed reaches any of them by
 * one index.
 */
public final class Storage {
  /** Bytes it can hold at most; {@link AddressSpace} counts on it. */
  static final int MAX_SIZE = 1 << 28;

  private int[] words;
  private int used;
  private boolean sealed;

  /**
   * Without any words.
   *
   * @param expected bytes that will be taken; a guess
   */
  public Storage(int expected) {
    words = new int[expected >>> 2];
  }

  /** Takes {@code size} bytes, zeroed, a multiple of 4; returns the place of the first. */
  int take(int size) {
    int place = used;
    if (sealed || size > MAX_SIZE - used) {
      throw new IllegalStateException(
          "storage for %d bytes, %d of them taken: %s"
              .formatted(MAX_SIZE, used, sealed ? "no more once code runs" : size + " more"));
    }
    used += size;
    if (used > words.length << 2) {
      words =
          Arrays.copyOf(words, Math.max(used >>> 2, Math.min(words.length * 2, MAX_SIZE >>> 2)));
    }
    return place;
  }

  /** The words as they are now. */
  int[] words() {
    return words;
  }

  /** The words, which stay in this array from now on. */
  public int[] seal() {
    sealed = true;
    return words;
  }

  int get8(int place) {
    return words[place >>> 2] >>> (place << 3) & 0xff;
  }

  void put8(int place, int value) {
    int shift = place << 3;
    words[place >>> 2] = words[place >>> 2] & ~(0xff << shift) | (value & 0xff) << shift;
  }

  /** The place is a multiple of 2. */
  void put16(int place, int value) {
    int shift = place << 3;
    words[place >>> 2] = words[place >>> 2] & ~(0xffff << shift) | (value & 0xffff) << shift;
  }

  void get(int place, byte[] bytes, int from, int count) {
    int head = Math.min(count, -place & 3);
    int whole = count - head >>> 2;
    for (int i = 0; i < head; i++) {
      bytes[from + i] = (byte) get8(place + i);
    }
    view(bytes, from + head, whole).put(words, place + head >>> 2, whole);
    for (int i = head + 4 * whole; i < count; i++) {
      bytes[from + i] = (byte) get8(place + i);
    }
  }

  void put(int place, byte[] bytes, int from, int count) {
    int head = Math.min(count, -place & 3);
    int whole = count - head >>> 2;
    for (int i = 0; i < head; i++) {
      put8(place + i, bytes[from + i]);
    }
    view(bytes, from + head, whole).get(words, place + head >>> 2, whole);
    for (int i = head + 4 * whole; i < count; i++) {
      put8(place + i, bytes[from + i]);
    }
  }

  private static IntBuffer view(byte[] bytes, int from, int count) {
    ByteBuffer all = ByteBuffer.wrap(bytes, from, 4 * count);
    return all.slice().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
  }
}
