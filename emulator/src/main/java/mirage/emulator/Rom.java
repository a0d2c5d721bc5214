// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

import mirage.emulator.bus.AccessFault;
import mirage.emulator.bus.AddressSpace;
import mirage.formats.EspImage;
import mirage.formats.FlashImage;
import mirage.formats.FormatException;

/**
 * What the chip's ROM does between reset and the program (ESP32 datasheet, "Strapping Pins"; TRM, "System and
 * Memory"): loads the image at flash offset 0x1000 into RAM,
 * prepares UART0 and the flash cache, and calls the entry point. The register values are those the real ROM leaves.
 */
final class Rom {
  private static final int BAUD = 115_200;

  /** PS as the ROM calls a program: user mode, windows on, interrupts enabled, CALLINC 2. */
  static final int PRO_PS = 0x60320;

  static final int APP_PS = 0x60020;
  static final int PRO_STACK = 0x3FFE3EB0;
  static final int APP_STACK = 0x3FFE7DC0;

  /** Return address of the call, in ROM: a program that returns ends in a fault. */
  static final int RETURN_ADDRESS = 0x40000740;

  private static final int RTC_STORE5 = 0x3FF480B4;
  private static final int PRO_CACHE_CTRL = 0x3FF00040;
  private static final int PRO_CACHE_CTRL1 = 0x3FF00044;
  private static final int CACHE_ENABLED = 0x08;
  private static final int MASK_IRAM1_AND_IROM0 = 0x06;
  private static final int XTAL_40_MHZ = 40_000_000 >>> 12;

  private Rom() {}

  /** Loads the image at 0x1000 and returns its entry point. */
  static int boot(Chip chip, String name) {
    EspImage image =
        EspImage.read(name, chip.flash.read(0, chip.flash.size()), FlashImage.LOADER_OFFSET);
    AddressSpace space = chip.spaces[0];
    for (int i = 0; i < image.segments().size(); i++) {
      EspImage.Segment segment = image.segments().get(i);
      int offset = FlashImage.LOADER_OFFSET + image.offsets().get(i);
      load(name, space, segment, offset);
    }
    prepare(chip);
    return image.entry();
  }

  /** The state of the peripherals the ROM leaves behind. */
  static void prepare(Chip chip) {
    AddressSpace space = chip.spaces[0];
    chip.uarts[0].setBaudRate(BAUD);
    space.store32(PRO_CACHE_CTRL1, MASK_IRAM1_AND_IROM0);
    space.store32(PRO_CACHE_CTRL, CACHE_ENABLED);
    // RTC_APB_FREQ_REG of the ROM: the frequency it measured, in units of 4096 Hz, twice.
    space.store32(RTC_STORE5, XTAL_40_MHZ << 16 | XTAL_40_MHZ);
  }

  private static void load(String name, AddressSpace space, EspImage.Segment segment, int offset) {
    if (segment.mapped() || segment.address() == 0) {
      throw new FormatException(
          name,
          offset,
          "%s in the image the ROM loads".formatted(segment),
          "segments for internal RAM");
    }
    try {
      space.poke(segment.address(), segment.data());
    } catch (AccessFault e) {
      throw new FormatException(
          name,
          offset,
          "%s, where there is no RAM".formatted(segment),
          "addresses of internal RAM");
    }
  }
}
