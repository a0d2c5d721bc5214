// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

/** Numbers of DWARF: seven bits a byte, the low ones first; a signed number's last byte has its sign. */
final class Leb128 {
  private Leb128() {}

  static int unsigned(ByteReader in) {
    return number(in, false);
  }

  static int signed(ByteReader in) {
    return number(in, true);
  }

  private static int number(ByteReader in, boolean signed) {
    int result = 0;
    int shift = 0;
    int next;
    do {
      next = in.u8();
      result |= shift < 32 ? (next & 0x7F) << shift : 0;
      shift += 7;
    } while ((next & 0x80) != 0);
    return signed && shift < 32 && (next & 0x40) != 0 ? result | -1 << shift : result;
  }
}
