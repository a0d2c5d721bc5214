// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import java.util.Arrays;
import mirage.emulator.bus.Memory;
import mirage.emulator.clock.Clock;

/**
 * The SPI NOR flash chip behind SPI0 and SPI1: command set of the usual 4 MB parts (JEDEC read, program,
 * erase).
 */
public final class SpiFlash {
  /** JEDEC codes of the modelled part: manufacturer, type, and log2 of the size. */
  private static final int JEDEC_VENDOR_AND_TYPE = 0x40C8;

  private static final int SECTOR = 0x1000;
  private static final int HALF_BLOCK = 0x8000;
  private static final int BLOCK = 0x10000;
  private static final int PAGE = 256;
  private static final int BUSY = 1;
  private static final int WRITE_ENABLE_LATCH = 2;
  private static final long PROGRAM_TIME = 700 * Clock.TICKS_PER_MICROSECOND;
  private static final long SECTOR_ERASE_TIME = 45_000 * Clock.TICKS_PER_MICROSECOND;
  private static final long BLOCK_ERASE_TIME = 150_000 * Clock.TICKS_PER_MICROSECOND;

  private final Clock clock;
  private final Memory content;
  private final int mask;
  private boolean writeEnabled;
  private int status;
  private long busyUntil;

  /** The content is used in place; its size is a power of two. */
  public SpiFlash(Clock clock, Memory content) {
    this.clock = clock;
    this.content = content;
    this.mask = content.size() - 1;
  }

  /** Manufacturer in the low byte, then type, then capacity, as RDID answers them in order. */
  int jedecId() {
    return JEDEC_VENDOR_AND_TYPE & 0xFF
        | (JEDEC_VENDOR_AND_TYPE >>> 8) << 8
        | Integer.numberOfTrailingZeros(content.size()) << 16;
  }

  int status() {
    boolean busy = clock.now() < busyUntil;
    return status | (busy ? BUSY : 0) | (writeEnabled ? WRITE_ENABLE_LATCH : 0);
  }

  void writeStatus(int value) {
    if (takeWriteEnable()) {
      status = value & 0xFFFC;
    }
  }

  void enableWrite(boolean on) {
    writeEnabled = on;
  }

  int read(int address) {
    return content.read8(address & mask);
  }

  /** Programs within one 256-byte page, wrapping inside it; bits can only be cleared. */
  void program(int address, byte[] data) {
    if (!takeWriteEnable()) {
      return;
    }
    int page = address & mask & -PAGE;
    byte[] bytes = content.read(page, PAGE);
    for (int i = 0; i < data.length; i++) {
      bytes[address + i & PAGE - 1] &= data[i];
    }
    content.write(page, bytes);
    busyUntil = clock.now() + PROGRAM_TIME;
  }

  void eraseSector(int address) {
    erase(address, SECTOR, SECTOR_ERASE_TIME);
  }

  void eraseHalfBlock(int address) {
    erase(address, HALF_BLOCK, BLOCK_ERASE_TIME);
  }

  void eraseBlock(int address) {
    erase(address, BLOCK, BLOCK_ERASE_TIME);
  }

  void eraseChip() {
    erase(0, content.size(), content.size() / BLOCK * BLOCK_ERASE_TIME);
  }

  private void erase(int address, int length, long time) {
    if (takeWriteEnable()) {
      byte[] erased = new byte[length];
      Arrays.fill(erased, (byte) 0xFF);
      content.write(address & mask & -length, erased);
      busyUntil = clock.now() + time;
    }
  }

  /** A program or erase without a write enable before it, or while another runs, is ignored by the part. */
  private boolean takeWriteEnable() {
    boolean taken = writeEnabled && clock.now() >= busyUntil;
    writeEnabled = false;
    return taken;
  }
}
