// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.spi;

import mirage.emulator.board.SpiDevice;

/**
 * SPI0 or SPI1, whose lines lead to the flash chip: besides user-defined transactions they send the chip's usual commands by
 * themselves, one a bit of SPI_CMD. A transaction is over at once; only the flash chip itself is busy.
 */
public final class FlashController extends SpiController {
  /** Of SPI_CTRL: a status has two bytes when it is written. */
  private static final int STATUS_OF_TWO_BYTES = 22;

  private static final int PAGE_PROGRAM = 0x02;

  public FlashController(int number, SpiDevice flash) {
    super(number, SpiLines.to(flash));
  }

  /** The bits of SPI_CMD are looked at from the top; each clears itself when it is done, so it reads as 0. */
  @Override
  void start(int word) {
    int bits = word & 0xFFFF_0000;
    if (Integer.bitCount(bits) > 1) {
      throw unsupported("SPI_CMD 0x%08x starts more than one operation".formatted(word));
    }
    if (bits != 0) {
      select();
      operate(Integer.numberOfTrailingZeros(bits));
      deselect();
    }
  }

  private void operate(int bit) {
    switch (bit) {
      case 31 -> read();
      case 30 -> send(0x06);
      case 29 -> send(0x04);
      case 28 -> receive(0x9F, 3);
      case 27 -> {
        send(0x05);
        status.set(status.value() & 0xFFFF_0000 | receive());
      }
      case 26 -> {
        send(0x01);
        send(status.value());
        if (ctrl.bit(STATUS_OF_TWO_BYTES)) {
          send(status.value() >>> 8);
        }
      }
      case 25 -> programPage();
      case 24 -> command(0x20);
      case 23 -> command(0xD8);
      case 22 -> send(0xC7);
      case 21 -> send(0xB9);
      case 20 -> send(0xAB);
      case 19 -> send(0xA3);
      case USR -> transact();
      case 17 -> send(0x75);
      case 16 -> send(0x7A);
      default -> throw new IllegalStateException("bit " + bit);
    }
  }

  /**
   * A command with the 24-bit address of the low bits of SPI_ADDR, whose top holds a length in bytes (TRM, "SPI
   * Controller", SPI_ADDR).
   */
  private void command(int code) {
    send(code);
    send(address.field(0, 24), 3);
  }

  private void receive(int code, int count) {
    send(code);
    for (int i = 0; i < count; i++) {
      setByte(i, receive());
    }
  }

  private void read() {
    int length = address.field(24, 8);
    if (inLength.value() != 0 && inputBytes() > 0) {
      length = inputBytes();
    }
    command(0x03);
    for (int i = 0; i < Math.min(length, BUFFER); i++) {
      setByte(i, receive());
    }
  }

  private void programPage() {
    command(PAGE_PROGRAM);
    for (int i = 0; i < address.field(24, 8); i++) {
      send(dataByte(i % BUFFER));
    }
  }
}
