// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.wlan;

/**
 * A MAC address.
 *
 * @param value its 48 bits, the first byte highest
 */
public record Address(long value) implements Comparable<Address> {
  /** Bytes of an address. */
  public static final int LENGTH = 6;

  /** Everybody. */
  public static final Address BROADCAST = new Address((1L << 48) - 1);

  /** The six bytes at an offset. */
  public static Address at(byte[] bytes, int offset) {
    long value = 0;
    for (int i = 0; i < LENGTH; i++) {
      value = value << 8 | bytes[offset + i] & 0xFF;
    }
    return new Address(value);
  }

  public static Address of(byte[] bytes) {
    return at(bytes, 0);
  }

  /** Whether it stands for several stations. */
  public boolean several() {
    return (value >>> 40 & 1) != 0;
  }

  /** Writes it. */
  public void put(byte[] bytes, int offset) {
    for (int i = 0; i < LENGTH; i++) {
      bytes[offset + i] = (byte) (value >>> 40 - 8 * i);
    }
  }

  public byte[] bytes() {
    byte[] bytes = new byte[LENGTH];
    put(bytes, 0);
    return bytes;
  }

  @Override
  public int compareTo(Address other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (byte part : bytes()) {
      text.append(text.isEmpty() ? "" : ":").append("%02x".formatted(part));
    }
    return text.toString();
  }
}
