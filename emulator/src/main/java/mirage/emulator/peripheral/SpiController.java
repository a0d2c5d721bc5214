// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

/**
 * SPI0 or SPI1 (TRM, "SPI Controller"), as master of the flash chip: the fixed commands of SPI_CMD, and
 * user-defined transactions of
 * command, address, dummy, data out and data in. A transaction is over at once; only the flash chip itself is busy.
 */
public final class SpiController extends RegisterBlock {
  private static final int DATA_WORDS = 16;

  private final SpiFlash flash;
  private final Register address = plain(0x04, "SPI_ADDR", 0);
  private final Register rdStatus = plain(0x10, "SPI_RD_STATUS", 0);
  private final Register user = plain(0x1C, "SPI_USER", 0x8000_0040);
  private final Register user1 = plain(0x20, "SPI_USER1", 0x5C00_0007);
  private final Register user2 = plain(0x24, "SPI_USER2", 0x7000_0000);
  private final Register mosiLength = plain(0x28, "SPI_MOSI_DLEN", 0);
  private final Register misoLength = plain(0x2C, "SPI_MISO_DLEN", 0);
  private final Register[] data = array(0x80, "SPI_W", DATA_WORDS, 0, ALL);
  private final Register cmd = register(0x00, "SPI_CMD", 0, 0).onWrite(this::start);

  public SpiController(int number, SpiFlash flash) {
    super("SPI" + number, 0x400);
    this.flash = flash;
    plain(0x08, "SPI_CTRL", 0x0020_A400);
    plain(0x0C, "SPI_CTRL1", 0x5FFF_0000);
    plain(0x14, "SPI_CTRL2", 0x0000_0010);
    plain(0x18, "SPI_CLOCK", 0x8000_3043);
    plain(0x30, "SPI_SLV_WR_STATUS", 0);
    plain(0x34, "SPI_PIN", 6);
    plain(0x38, "SPI_SLAVE", 0);
    array(0x3C, "SPI_SLAVE_", 3, 0, ALL);
    plain(0x48, "SPI_SLV_WRBUF_DLEN", 0);
    plain(0x4C, "SPI_SLV_RDBUF_DLEN", 0);
    plain(0x50, "SPI_CACHE_FCTRL", 0);
    plain(0x54, "SPI_CACHE_SCTRL", 0x15C1_6030);
    plain(0x58, "SPI_SRAM_CMD", 0);
    plain(0x5C, "SPI_SRAM_DRD_CMD", 0);
    plain(0x60, "SPI_SRAM_DWR_CMD", 0);
    plain(0x64, "SPI_SLV_RD_BIT", 0);
    plain(0xC0, "SPI_TX_CRC", 0);
    plain(0xF0, "SPI_EXT0", 0x000A_0050);
    plain(0xF4, "SPI_EXT1", 0x8001_0F00);
    // SPI_ST, the state of the controller, is idle: 0.
    register(0xF8, "SPI_EXT2", 0, 0);
    plain(0xFC, "SPI_EXT3", 0);
    plain(0x3FC, "SPI_DATE", 0x1604270);
  }

  /** The bits of SPI_CMD are looked at from the top; each clears itself when it is done, so it reads as 0. */
  private void start(int word) {
    int bits = word & 0xFFFF_0000;
    if (Integer.bitCount(bits) > 1) {
      throw unsupported("SPI_CMD 0x%08x starts more than one operation".formatted(word));
    }
    switch (Integer.numberOfTrailingZeros(bits)) {
      case 31 -> readFlash();
      case 30 -> flash.enableWrite(true);
      case 29 -> flash.enableWrite(false);
      case 28 -> data[0].set(flash.jedecId());
      case 27 -> rdStatus.set(rdStatus.value() & 0xFFFF_0000 | flash.status());
      case 26 -> flash.writeStatus(rdStatus.value() & 0xFFFF);
      case 25 -> programPage();
      case 24 -> flash.eraseSector(fixedAddress());
      case 23 -> flash.eraseBlock(fixedAddress());
      case 22 -> flash.eraseChip();
      case 21, 20, 19, 17, 16 -> {
        // Power-down, release, high performance, suspend, resume: nothing changes in the model.
      }
      case 18 -> transact();
      case 32 -> {
        // No operation is started.
      }
      default -> throw unsupported("SPI_CMD 0x%08x".formatted(word));
    }
    cmd.set(0);
  }

  /**
   * The fixed commands take a 24-bit address from the low bits, and a length in bytes from the top (TRM, "SPI
   * Controller", SPI_ADDR).
   */
  private int fixedAddress() {
    return address.field(0, 24);
  }

  private void readFlash() {
    int length =
        user.bit(28) && misoLength.value() != 0
            ? (misoLength.field(0, 24) + 8) / 8
            : address.field(24, 8);
    for (int i = 0; i < Math.min(length, 4 * DATA_WORDS); i++) {
      setByte(i, flash.read(fixedAddress() + i));
    }
  }

  private void programPage() {
    byte[] bytes = new byte[address.field(24, 8)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = dataByte(i % (4 * DATA_WORDS));
    }
    flash.program(fixedAddress(), bytes);
  }

  /** A user-defined transaction; the command byte decides what the flash chip does. */
  private void transact() {
    int command = user.bit(31) ? user2.field(0, user2.field(28, 4) < 8 ? 8 : 16) : 0;
    int bits = user1.field(26, 6) + 1;
    // The address leaves from bit 31 down, so one of 24 bits stands in the upper three bytes.
    int target = !user.bit(30) ? 0 : bits == 32 ? address.value() : address.value() >>> 32 - bits;
    byte[] out = new byte[user.bit(27) ? (mosiLength.field(0, 24) + 8) / 8 : 0];
    for (int i = 0; i < out.length; i++) {
      out[i] = dataByte(i + (user.bit(25) ? 32 : 0));
    }
    int count = user.bit(28) ? (misoLength.field(0, 24) + 8) / 8 : 0;
    for (int i = 0; i < count; i++) {
      setByte(i + (user.bit(24) ? 32 : 0), answer(command, target, i));
    }
    execute(command, target, out);
  }

  private int answer(int command, int target, int index) {
    return switch (command & 0xFF) {
      case 0x03, 0x0B, 0x3B, 0xBB, 0x6B, 0xEB -> flash.read(target + index);
      case 0x05 -> flash.status();
      case 0x35 -> flash.status() >>> 8;
      case 0x9F -> flash.jedecId() >>> 8 * (index % 3);
      case 0x15 -> 0;
      default ->
          throw unsupported("flash command 0x%02x is not known for reading".formatted(command));
    };
  }

  private void execute(int command, int target, byte[] out) {
    switch (command & 0xFF) {
      case 0x03,
          0x0B,
          0x3B,
          0xBB,
          0x6B,
          0xEB,
          0x05,
          0x35,
          0x9F,
          0x15,
          0x66,
          0x99,
          0xAB,
          0xB9,
          0xFF,
          0x00 -> {
        // Reads are answered above; reset, power-down and mode commands change nothing in the
        // model.
      }
      case 0x06 -> flash.enableWrite(true);
      case 0x04 -> flash.enableWrite(false);
      case 0x01 -> flash.writeStatus(word(out));
      case 0x02 -> flash.program(target, out);
      case 0x20 -> flash.eraseSector(target);
      case 0x52 -> flash.eraseHalfBlock(target);
      case 0xD8 -> flash.eraseBlock(target);
      case 0x60, 0xC7 -> flash.eraseChip();
      default -> throw unsupported("flash command 0x%02x is not known".formatted(command));
    }
  }

  private static int word(byte[] bytes) {
    int value = 0;
    for (int i = 0; i < Math.min(4, bytes.length); i++) {
      value |= (bytes[i] & 0xFF) << 8 * i;
    }
    return value;
  }

  private byte dataByte(int index) {
    checkBuffer(index);
    return (byte) (data[index / 4].value() >>> 8 * (index % 4));
  }

  private void setByte(int index, int value) {
    checkBuffer(index);
    Register register = data[index / 4];
    int shift = 8 * (index % 4);
    register.set(register.value() & ~(0xFF << shift) | (value & 0xFF) << shift);
  }

  private void checkBuffer(int index) {
    if (index >= 4 * DATA_WORDS) {
      throw unsupported("a transaction of more than 64 data bytes");
    }
  }
}
