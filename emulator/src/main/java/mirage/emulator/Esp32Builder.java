// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import mirage.emulator.air.Air;
import mirage.emulator.air.Antenna;
import mirage.emulator.board.Board;
import mirage.emulator.board.FrameLink;
import mirage.emulator.board.LedListener;
import mirage.emulator.bus.AddressSpace;
import mirage.emulator.peripheral.Efuse;
import mirage.formats.EspImage;
import mirage.formats.FlashImage;

/** How a chip is built. */
public final class Esp32Builder {
  byte[] flash = new byte[0];
  String imageName = "flash image";
  byte[] mac = Efuse.parseMac(Esp32.DEFAULT_MAC);
  IntSupplier entropy = Chip.seeded(Esp32.DEFAULT_SEED);
  IntConsumer console = value -> {};
  Host host = Host.NONE;
  FrameLink ethernet = FrameLink.NONE;
  Antenna antenna = new Air().join(Esp32.RADIO_STRENGTH);
  boolean allowReset;
  Board board = Board.DEVKIT;
  LedListener leds = (led, lit, tick) -> {};
  RomImage rom;
  int moreRamAddress;
  int moreRamSize;

  Esp32Builder() {}

  /**
   * Content of the flash chip from offset 0 on, copied; what is missing is erased (0xFF). The chip has
   * the size that an image's loader names, but 4 MB at least.
   */
  public Esp32Builder flash(byte[] content) {
    int size =
        Math.max(
            Esp32.FLASH_SIZE, EspImage.flashBytes(content, FlashImage.LOADER_OFFSET).orElse(0));
    if (content.length > size) {
      throw new EmulatorException(
          "a flash image of %d bytes; the chip has %d".formatted(content.length, size));
    }
    flash = Arrays.copyOf(content, size);
    Arrays.fill(flash, content.length, size, (byte) 0xFF);
    return this;
  }

  /** The name of the image in messages. */
  public Esp32Builder imageName(String name) {
    imageName = name;
    return this;
  }

  /** Six bytes, first byte first. */
  public Esp32Builder mac(byte[] address) {
    mac = address.clone();
    return this;
  }

  /** Source of the random number generator's words; deterministic unless set. */
  public Esp32Builder entropy(IntSupplier source) {
    entropy = source;
    return this;
  }

  /** The random number generator's words follow from this number. */
  public Esp32Builder seed(long number) {
    return entropy(Chip.seeded(number));
  }

  /** What is around the chip; {@link Board#DEVKIT} unless set. */
  public Esp32Builder board(Board around) {
    board = around;
    return this;
  }

  /** Watches the board's LEDs. */
  public Esp32Builder leds(LedListener watcher) {
    leds = watcher;
    return this;
  }

  /** Gets each byte the serial console sends. */
  public Esp32Builder console(IntConsumer output) {
    console = output;
    return this;
  }

  /** The world outside; {@link Host#NONE} unless set. */
  public Esp32Builder host(Host outside) {
    host = outside;
    return this;
  }

  /** The cable in the board's Ethernet socket; {@link FrameLink#NONE} unless set. */
  public Esp32Builder ethernet(FrameLink cable) {
    ethernet = cable;
    return this;
  }

  /** The radio's place on the air; nobody else is on it unless set. */
  public Esp32Builder antenna(Antenna place) {
    antenna = place;
    return this;
  }

  /** Whether a reset restarts the chip instead of ending the run. */
  public Esp32Builder allowReset(boolean allowed) {
    allowReset = allowed;
    return this;
  }

  /**
   * RAM where the chip has none, for programs that no chip has room for. A board's external RAM, at
   * 0x3F800000 (TRM 1.3.3.3), would be such, already set up: its controller is not modelled.
   *
   * @param address of the first byte; it and the size are multiples of {@value AddressSpace#PAGE_SIZE}
   * @param size in bytes
   */
  public Esp32Builder moreRam(int address, int size) {
    moreRamAddress = address;
    moreRamSize = size;
    return this;
  }

  /**
   * The chip's ROM, copied, for programs that call it; without it a call is a fault. What the ROM does at a reset is done
   * by the emulator all the same, but for its variables.
   *
   * @param content from address 0x40000000 on, at most 448 KB
   */
  public Esp32Builder rom(byte[] content) {
    if (content.length > MemoryMap.ROM_SIZE) {
      throw new EmulatorException(
          "a ROM of %d bytes; the chip's has %d".formatted(content.length, MemoryMap.ROM_SIZE));
    }
    rom = new RomImage(content.clone());
    return this;
  }

  public Esp32 build() {
    if (flash.length == 0) {
      flash(new byte[0]);
    }
    return new Esp32(this);
  }
}
