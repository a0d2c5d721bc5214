// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.spi;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import mirage.emulator.board.SpiDevice;
import mirage.emulator.bus.DeviceFault;
import mirage.emulator.bus.Memory;
import mirage.emulator.clock.Clock;

/**
 * An SPI NOR flash chip: the command set of the usual parts of 4 MB and more (JEDEC read, program, erase), with addresses of three
 * bytes.
 */
public final class SpiFlash implements SpiDevice {
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
  private final int id;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private boolean writeEnabled;
  private int status;
  private long busyUntil;
  private FlashCommand command;
  private int position;
  private int address;

  /**
   * @param content used in place; its size is a power of two
   * @param vendorAndType the first two bytes of the JEDEC id, the manufacturer in the low one
   */
  public SpiFlash(Clock clock, Memory content, int vendorAndType) {
    this.clock = clock;
    this.content = content;
    this.mask = content.size() - 1;
    this.id = vendorAndType | Integer.numberOfTrailingZeros(content.size()) << 16;
  }

  @Override
  public void select() {
    command = null;
    position = 0;
    address = 0;
    written.reset();
  }

  @Override
  public int exchange(int out) {
    int index = position++;
    if (command == null) {
      command = FlashCommand.of(out);
      if (command == null) {
        throw new DeviceFault("flash chip: the command 0x%02x is not known".formatted(out));
      }
      return FLOATING;
    }
    if (index <= command.addressBytes()) {
      address = address << 8 | out;
      return FLOATING;
    }
    int place = index - 1 - command.addressBytes() - command.dummyBytes();
    if (place < 0) {
      return FLOATING;
    }
    return transfer(out, place);
  }

  private int transfer(int out, int place) {
    return switch (command) {
      case READ, FAST_READ, DUAL_OUT, DUAL_IO, QUAD_OUT, QUAD_IO ->
          content.read8(address + place & mask);
      case READ_STATUS -> status() & 0xFF;
      case READ_STATUS_2 -> status() >>> 8;
      case READ_STATUS_3 -> 0;
      case READ_ID -> id >>> 8 * (place % 3) & 0xFF;
      default -> {
        written.write(out);
        yield FLOATING;
      }
    };
  }

  /** What changes the chip begins when the line rises. */
  @Override
  public void deselect() {
    if (command == null || position <= command.addressBytes()) {
      return;
    }
    switch (command) {
      case ENABLE_WRITE -> writeEnabled = true;
      case DISABLE_WRITE -> writeEnabled = false;
      case WRITE_STATUS -> writeStatus();
      case PROGRAM -> program();
      case ERASE_SECTOR -> erase(SECTOR, SECTOR_ERASE_TIME);
      case ERASE_HALF_BLOCK -> erase(HALF_BLOCK, BLOCK_ERASE_TIME);
      case ERASE_BLOCK -> erase(BLOCK, BLOCK_ERASE_TIME);
      case ERASE_CHIP, ERASE_CHIP_2 ->
          erase(content.size(), content.size() / BLOCK * BLOCK_ERASE_TIME);
      default -> {
        // Reads have been answered; what concerns power and modes changes nothing in the model.
      }
    }
  }

  private int status() {
    boolean busy = clock.now() < busyUntil;
    return status | (busy ? BUSY : 0) | (writeEnabled ? WRITE_ENABLE_LATCH : 0);
  }

  /** One byte sets the first status register and clears the second, as parts without a command for each do. */
  private void writeStatus() {
    if (takeWriteEnable()) {
      byte[] bytes = Arrays.copyOf(written.toByteArray(), 2);
      status = (bytes[0] & 0xFF | (bytes[1] & 0xFF) << 8) & 0xFFFC;
    }
  }

  /** Programs within one page of 256 bytes, wrapping inside it; bits can only be cleared. */
  private void program() {
    if (!takeWriteEnable()) {
      return;
    }
    int page = address & mask & -PAGE;
    byte[] bytes = content.read(page, PAGE);
    byte[] data = written.toByteArray();
    for (int i = 0; i < data.length; i++) {
      bytes[address + i & PAGE - 1] &= data[i];
    }
    content.write(page, bytes);
    busyUntil = clock.now() + PROGRAM_TIME;
  }

  private void erase(int length, long time) {
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
