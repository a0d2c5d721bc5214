// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.spi;

import java.util.Arrays;

/**
 * The commands of a flash chip, as its data sheet lists them. Dummy bytes are what passes between address and data, the mode byte of the
 * reads on several lines included.
 */
enum FlashCommand {
  READ(0x03, 3, 0),
  FAST_READ(0x0B, 3, 1),
  DUAL_OUT(0x3B, 3, 1),
  DUAL_IO(0xBB, 3, 1),
  QUAD_OUT(0x6B, 3, 1),
  QUAD_IO(0xEB, 3, 3),
  READ_STATUS(0x05, 0, 0),
  READ_STATUS_2(0x35, 0, 0),
  READ_STATUS_3(0x15, 0, 0),
  READ_ID(0x9F, 0, 0),
  ENABLE_WRITE(0x06, 0, 0),
  DISABLE_WRITE(0x04, 0, 0),
  WRITE_STATUS(0x01, 0, 0),
  PROGRAM(0x02, 3, 0),
  ERASE_SECTOR(0x20, 3, 0),
  ERASE_HALF_BLOCK(0x52, 3, 0),
  ERASE_BLOCK(0xD8, 3, 0),
  ERASE_CHIP(0x60, 0, 0),
  ERASE_CHIP_2(0xC7, 0, 0),
  ENABLE_RESET(0x66, 0, 0),
  RESET(0x99, 0, 0),
  POWER_DOWN(0xB9, 0, 0),
  RELEASE(0xAB, 0, 0),
  HIGH_PERFORMANCE(0xA3, 0, 0),
  SUSPEND(0x75, 0, 0),
  RESUME(0x7A, 0, 0),
  END_CONTINUOUS_READ(0xFF, 0, 0);

  private static final FlashCommand[] BY_CODE = new FlashCommand[256];

  static {
    Arrays.stream(values()).forEach(it -> BY_CODE[it.code] = it);
  }

  private final int code;
  private final int addressBytes;
  private final int dummyBytes;

  FlashCommand(int code, int addressBytes, int dummyBytes) {
    this.code = code;
    this.addressBytes = addressBytes;
    this.dummyBytes = dummyBytes;
  }

  /** The command that begins with this byte; null if there is none. */
  static FlashCommand of(int code) {
    return BY_CODE[code];
  }

  int addressBytes() {
    return addressBytes;
  }

  int dummyBytes() {
    return dummyBytes;
  }
}
