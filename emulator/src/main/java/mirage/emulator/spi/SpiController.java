// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.spi;

import mirage.emulator.peripheral.Register;
import mirage.emulator.peripheral.RegisterBlock;

/**
 * An SPI controller as master (TRM, "SPI Controller"): user-defined transactions of command, address, dummy cycles, data out and
 * data in, by whole bytes. It knows no device: bytes go to its lines and come from there.
 */
abstract class SpiController extends RegisterBlock {
  /** The bit of SPI_CMD that starts a user-defined transaction. */
  static final int USR = 18;

  /** Bytes of the data registers SPI_W0 to SPI_W15. */
  static final int BUFFER = 64;

  private static final int HALF_BUFFER = BUFFER / 2;

  // Of SPI_USER.
  private static final int HAS_COMMAND = 31;
  private static final int HAS_ADDRESS = 30;
  private static final int HAS_DUMMY = 29;
  private static final int HAS_INPUT = 28;
  private static final int HAS_OUTPUT = 27;
  private static final int OUTPUT_HIGH_PART = 25;
  private static final int INPUT_HIGH_PART = 24;
  private static final int BYTE_ORDERS = 3 << 10;
  private static final int FULL_DUPLEX = 0;

  // Of SPI_CTRL.
  private static final int OUTPUT_LSB_FIRST = 26;
  private static final int INPUT_LSB_FIRST = 25;
  private static final int ADDRESS_ON_FOUR_LINES = 24;
  private static final int ADDRESS_ON_TWO_LINES = 23;

  // Of SPI_PIN.
  private static final int KEEP_SELECTED = 30;

  final Register cmd = register(0x00, "SPI_CMD", 0, 0).onWrite(this::start);
  final Register address = plain(0x04, "SPI_ADDR", 0);
  final Register ctrl = plain(0x08, "SPI_CTRL", 0x0020_A400);
  final Register status = plain(0x10, "SPI_RD_STATUS", 0);
  final Register clockDivider = plain(0x18, "SPI_CLOCK", 0x8000_3043);
  final Register slave = plain(0x38, "SPI_SLAVE", 0);
  private final Register user = plain(0x1C, "SPI_USER", 0x8000_0040);
  private final Register user1 = plain(0x20, "SPI_USER1", 0x5C00_0007);
  private final Register user2 = plain(0x24, "SPI_USER2", 0x7000_0000);
  private final Register outLength = plain(0x28, "SPI_MOSI_DLEN", 0);
  final Register inLength = plain(0x2C, "SPI_MISO_DLEN", 0);
  private final Register pin = plain(0x34, "SPI_PIN", 6);
  private final Register[] data = array(0x80, "SPI_W", BUFFER / 4, 0, ALL);
  private final SpiLines lines;

  SpiController(int number, SpiLines lines) {
    super("SPI" + number, 0x400);
    this.lines = lines;
    plain(0x0C, "SPI_CTRL1", 0x5FFF_0000);
    plain(0x14, "SPI_CTRL2", 0x0000_0010);
    plain(0x30, "SPI_SLV_WR_STATUS", 0);
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

  /** A word was written to SPI_CMD. */
  abstract void start(int word);

  @Override
  public void reset() {
    lines.select(0);
    super.reset();
  }

  /** Selects the device: the lines SPI_PIN does not leave out. */
  final void select() {
    lines.select(~pin.value() & (1 << SpiLines.SELECTS) - 1);
  }

  /** The end of a transaction, unless the program wants the device to stay selected. */
  final void deselect() {
    if (!pin.bit(KEEP_SELECTED)) {
      lines.select(0);
    }
  }

  final void send(int value) {
    lines.exchange(value & 0xFF);
  }

  /** Sends the low {@code count} bytes of {@code value}, the most significant first. */
  final void send(int value, int count) {
    for (int i = count - 1; i >= 0; i--) {
      send(value >>> 8 * i);
    }
  }

  /** A byte from the device, which gets a zero meanwhile. */
  final int receive() {
    return lines.exchange(0);
  }

  /** How many bytes SPI_MISO_DLEN asks for, 0 unless there is such a phase. */
  final int inputBytes() {
    return user.bit(HAS_INPUT) ? bytes("data in", inLength.field(0, 24) + 1, 1) : 0;
  }

  /**
   * The user-defined transaction as the registers describe it, of a device that is selected.
   *
   * @return the clock cycles it takes if all goes by single lines
   */
  final int transact() {
    if ((user.value() & BYTE_ORDERS) != 0) {
      throw unsupported("another byte order than the first byte in the low bits of a word");
    }
    int before = sendCommand() + sendAddress() + sendDummy();
    int out = user.bit(HAS_OUTPUT) ? bytes("data out", outLength.field(0, 24) + 1, 1) : 0;
    int in = inputBytes();
    checkBuffer(out, user.bit(OUTPUT_HIGH_PART));
    checkBuffer(in, user.bit(INPUT_HIGH_PART));
    int steps = user.bit(FULL_DUPLEX) ? Math.max(out, in) : out + in;
    int firstIn = user.bit(FULL_DUPLEX) ? 0 : out;
    byte[] sent = new byte[out];
    for (int i = 0; i < out; i++) {
      sent[i] = (byte) dataByte(i + (user.bit(OUTPUT_HIGH_PART) ? HALF_BUFFER : 0));
    }
    for (int i = 0; i < steps; i++) {
      int got = lines.exchange(i < out ? ordered(sent[i] & 0xFF, OUTPUT_LSB_FIRST) : 0);
      if (i >= firstIn && i < firstIn + in) {
        int place = i - firstIn + (user.bit(INPUT_HIGH_PART) ? HALF_BUFFER : 0);
        setByte(place, ordered(got, INPUT_LSB_FIRST));
      }
    }
    return 8 * (before + steps);
  }

  private int sendCommand() {
    if (!user.bit(HAS_COMMAND)) {
      return 0;
    }
    int count = bytes("the command", user2.field(28, 4) + 1, 1);
    for (int i = 0; i < count; i++) {
      send(user2.value() >>> 8 * i);
    }
    return count;
  }

  /** The address leaves from bit 31 down, so one of 24 bits stands in the upper three bytes. */
  private int sendAddress() {
    if (!user.bit(HAS_ADDRESS)) {
      return 0;
    }
    int count = bytes("the address", user1.field(26, 6) + 1, 1);
    if (count > 4) {
      throw unsupported("an address of more than 32 bits");
    }
    send(address.value() >>> 32 - 8 * count, count);
    return count;
  }

  /** What the device counts as dummy bytes passes on as many lines as the address does. */
  private int sendDummy() {
    if (!user.bit(HAS_DUMMY)) {
      return 0;
    }
    int width = ctrl.bit(ADDRESS_ON_FOUR_LINES) ? 4 : ctrl.bit(ADDRESS_ON_TWO_LINES) ? 2 : 1;
    int count = bytes("the dummy phase", user1.field(0, 8) + 1, width);
    for (int i = 0; i < count; i++) {
      send(0);
    }
    return count;
  }

  private int bytes(String phase, int cycles, int width) {
    int bits = cycles * width;
    if (bits % 8 != 0) {
      throw unsupported("%s has %d bits; the model passes whole bytes".formatted(phase, bits));
    }
    return bits / 8;
  }

  private int ordered(int value, int lsbFirst) {
    return ctrl.bit(lsbFirst) ? Integer.reverse(value) >>> 24 : value;
  }

  private void checkBuffer(int count, boolean highPart) {
    if (count > (highPart ? HALF_BUFFER : BUFFER)) {
      throw unsupported("a transaction of more than 64 data bytes");
    }
  }

  final int dataByte(int index) {
    return data[index / 4].value() >>> 8 * (index % 4) & 0xFF;
  }

  final void setByte(int index, int value) {
    Register register = data[index / 4];
    int shift = 8 * (index % 4);
    register.set(register.value() & ~(0xFF << shift) | (value & 0xFF) << shift);
  }
}
