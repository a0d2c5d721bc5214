// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.i2c;

/** Bytes in the order they came in. */
final class Fifo {
  /** Bytes there is room for. */
  static final int SIZE = 32;

  private final byte[] bytes = new byte[SIZE];
  private int first;
  private int count;

  int count() {
    return count;
  }

  boolean full() {
    return count == SIZE;
  }

  /** Puts a byte in; there is room. */
  void push(int value) {
    bytes[(first + count) % SIZE] = (byte) value;
    count++;
  }

  /** Takes a byte out; there is one. */
  int pop() {
    int value = bytes[first] & 0xFF;
    first = (first + 1) % SIZE;
    count--;
    return value;
  }

  void clear() {
    count = 0;
  }
}
