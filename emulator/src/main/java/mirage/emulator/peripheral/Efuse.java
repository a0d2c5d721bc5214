// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import java.util.Locale;

/**
 * The eFuse controller (TRM, "eFuse Controller"): MAC address with its CRC, and the chip's revision, in block
 * 0. Programming fuses is
 * refused: it cannot be undone on a chip, and no unikernel has a reason to.
 */
public final class Efuse extends RegisterBlock {
  /** Bytes of a MAC address. */
  public static final int MAC_LENGTH = 6;

  private static final int CHIP_VER_REV1 = 1 << 15;
  private static final int CHIP_VER_REV2 = 1 << 20;
  private static final int CRC_POLYNOMIAL = 0x8C;

  /** The address' first byte is the one sent first. */
  public Efuse(byte[] mac) {
    super("EFUSE", 0x200);
    int[] block0 = new int[7];
    block0[1] = bigEndian(mac, 2, 4);
    block0[2] = bigEndian(mac, 0, 2) | crc(mac) << 16;
    block0[3] = CHIP_VER_REV1;
    block0[5] = CHIP_VER_REV2;
    for (int i = 0; i < block0.length; i++) {
      register(4 * i, "EFUSE_BLK0_RDATA" + i, block0[i], 0);
    }
    array(0x1C, "EFUSE_BLK0_WDATA", 7, 0, ALL);
    for (int block = 1; block <= 3; block++) {
      array(0x38 + 0x20 * (block - 1), "EFUSE_BLK%d_RDATA".formatted(block), 8, 0, 0);
      array(0x98 + 0x20 * (block - 1), "EFUSE_BLK%d_WDATA".formatted(block), 8, 0, ALL);
    }
    plain(0xF8, "EFUSE_CLK", 0x4052);
    plain(0xFC, "EFUSE_CONF", 0x10000);
    register(0x100, "EFUSE_STATUS", 0, 0);
    register(0x104, "EFUSE_CMD", 0, 0).onWrite(this::command);
    register(0x108, "EFUSE_INT_RAW", 0, 0);
    register(0x10C, "EFUSE_INT_ST", 0, 0);
    plain(0x110, "EFUSE_INT_ENA", 0);
    register(0x114, "EFUSE_INT_CLR", 0, 0);
    plain(0x118, "EFUSE_DAC_CONF", 0x28);
    register(0x11C, "EFUSE_DEC_STATUS", 0, 0);
    plain(0x1FC, "EFUSE_DATE", 0x16042600);
  }

  /** Reads {@code text} as six bytes in hex with colons between them. */
  public static byte[] parseMac(String text) {
    String[] parts = text.split(":", -1);
    byte[] mac = new byte[MAC_LENGTH];
    boolean valid = parts.length == MAC_LENGTH;
    for (int i = 0; valid && i < MAC_LENGTH; i++) {
      valid = parts[i].toLowerCase(Locale.ROOT).matches("[0-9a-f]{2}");
      mac[i] = valid ? (byte) Integer.parseInt(parts[i], 16) : 0;
    }
    if (!valid || (mac[0] & 1) != 0) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a unicast MAC address; write six bytes in hex, as in 24:0a:c4:00:01:10");
    }
    return mac;
  }

  private void command(int word) {
    if ((word & 2) != 0) {
      throw unsupported("EFUSE_PGM_CMD: fuses cannot be programmed in the emulator");
    }
  }

  private static int bigEndian(byte[] bytes, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      value = value << 8 | bytes[i] & 0xFF;
    }
    return value;
  }

  /** CRC-8 of the 1-Wire kind over the address as it is sent, as the factory writes it. */
  static int crc(byte[] mac) {
    int crc = 0;
    for (byte value : mac) {
      crc ^= value & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? crc >>> 1 ^ CRC_POLYNOMIAL : crc >>> 1;
      }
    }
    return crc;
  }
}
