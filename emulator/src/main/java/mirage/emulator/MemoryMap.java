// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

import static mirage.emulator.Area.absent;
import static mirage.emulator.Area.block;
import static mirage.emulator.Area.inert;
import static mirage.emulator.Area.memory;
import static mirage.emulator.Area.proMemory;
import static mirage.emulator.Area.ready;
import static mirage.emulator.Area.reversed;
import static mirage.emulator.Area.rom;

import java.util.List;
import mirage.emulator.bus.Rights;

/**
 * The ESP32's memory map (TRM, "System and Memory"), as one table. Not in it: the windows of the flash cache
 * (DROM 0x3F400000, IROM 0x400D0000),
 * which the MMU maps page by page.
 */
final class MemoryMap {
  static final String SRAM0 = "SRAM0";
  static final String SRAM1 = "SRAM1";
  static final String SRAM2 = "SRAM2";

  /** First address of the peripherals, and of their copy on the AHB bus for blocks from 0x3FF40000 on. */
  static final int PERIPHERALS = 0x3FF00000;

  static final int PERIPHERALS_END = 0x3FF80000;
  static final int APB_PERIPHERALS = 0x3FF40000;
  static final int AHB_COPY = 0x60000000;

  private static final String PADS = "pads are wired as the board needs them";
  private static final String NOISE =
      "only switched on to feed the random number generator with noise";
  private static final String ANALOG =
      "PLL and regulators are ideal: they follow the clock selection at once";

  private static final String RADIO =
      "the radio is ideal: what the vendor's PHY library waits for is there";
  private static final String BLUETOOTH =
      "not modelled; the PHY library sets what it shares with WiFi";

  /** The ROM's code; the end of it is also seen as data, at {@link #ROM_DATA}. */
  static final int ROM_CODE = 0x40000000;

  static final int ROM_SIZE = 0x70000;
  static final int ROM_DATA = 0x3FF90000;
  static final int ROM_DATA_SIZE = 0x10000;

  private MemoryMap() {}

  static final List<Area> TABLE =
      List.of(
          // Internal memory. The first 64 KB of SRAM0 are the two caches; they are RAM while a
          // cache is off.
          memory(0x3FFAE000, 0x32000, SRAM2, 0, Rights.DATA),
          memory(0x3FFE0000, 0x20000, SRAM1, 0, Rights.DATA),
          memory(0x40070000, 0x30000, SRAM0, 0, Rights.CODE),
          reversed(0x400A0000, 0x20000, SRAM1),
          proMemory(0x3FF80000, 0x2000, "RTC_FAST", Rights.DATA),
          proMemory(0x400C0000, 0x2000, "RTC_FAST", Rights.CODE),
          memory(0x50000000, 0x2000, "RTC_SLOW", 0, Rights.DATA_AND_CODE),
          rom(ROM_DATA, ROM_DATA_SIZE, "ROM1"),
          rom(ROM_CODE, ROM_SIZE, "ROM0"),
          // Peripherals on the CPUs' own bus.
          block(0x3FF00000, "DPORT"),
          absent(0x3FF01000, "AES", "AES accelerator"),
          absent(0x3FF02000, "RSA", "RSA accelerator"),
          absent(0x3FF03000, "SHA", "SHA accelerator"),
          absent(0x3FF04000, "SECURE_BOOT", "secure boot"),
          block(0x3FF10000, "FLASH_MMU_TABLE_PRO"),
          block(0x3FF12000, "FLASH_MMU_TABLE_APP"),
          absent(0x3FF1F000, "PID_CONTROLLER", "process id controller"),
          // Peripherals on the APB bus.
          block(0x3FF40000, "UART0"),
          block(0x3FF42000, "SPI1"),
          block(0x3FF43000, "SPI0"),
          block(0x3FF44000, 0xF00, "GPIO"),
          inert(0x3FF44F00, 0x100, "GPIO_SD", PADS),
          ready(0x3FF45000, "FE2", RADIO),
          block(0x3FF46000, "FE"),
          block(0x3FF47000, "FRC_TIMER"),
          block(0x3FF48000, 0x400, "RTC_CNTL"),
          inert(0x3FF48400, 0x400, "RTCIO", PADS),
          inert(0x3FF48800, 0x400, "SENS", NOISE),
          inert(0x3FF48C00, 0x400, "RTC_I2C", ANALOG),
          inert(0x3FF49000, 0x1000, "IO_MUX", PADS),
          absent(0x3FF4B000, "HINF", "SDIO slave"),
          absent(0x3FF4C000, "UHCI1", "UART DMA"),
          block(0x3FF4E000, "I2C_ANA_MST"),
          inert(0x3FF4F000, 0x1000, "I2S0", NOISE),
          block(0x3FF50000, "UART1"),
          inert(0x3FF51000, 0x1000, "BT", BLUETOOTH),
          block(0x3FF53000, "I2C_EXT0"),
          absent(0x3FF54000, "UHCI0", "UART DMA"),
          absent(0x3FF55000, "SLCHOST", "SDIO slave"),
          absent(0x3FF56000, "RMT", "remote control"),
          absent(0x3FF57000, "PCNT", "pulse counter"),
          absent(0x3FF58000, "SLC", "SDIO slave"),
          absent(0x3FF59000, "LEDC", "LED PWM"),
          block(0x3FF5A000, "EFUSE"),
          absent(0x3FF5B000, "SPI_ENCRYPT", "flash encryption"),
          ready(0x3FF5C000, "NRX", RADIO),
          ready(0x3FF5D000, "BB", RADIO),
          absent(0x3FF5E000, "PWM0", "motor PWM"),
          block(0x3FF5F000, "TIMG0"),
          block(0x3FF60000, "TIMG1"),
          block(0x3FF64000, "SPI2"),
          block(0x3FF65000, "SPI3"),
          block(0x3FF66000, "SYSCON"),
          block(0x3FF67000, "I2C_EXT1"),
          absent(0x3FF68000, "SDMMC", "SD/MMC host"),
          block(0x3FF69000, 0x800, "EMAC_DMA"),
          block(0x3FF69800, 0x800, "EMAC_EXT"),
          block(0x3FF6A000, "EMAC_MAC"),
          absent(0x3FF6B000, "CAN", "CAN controller"),
          absent(0x3FF6C000, "PWM1", "motor PWM"),
          absent(0x3FF6D000, "I2S1", "I2S controller"),
          block(0x3FF6E000, "UART2"),
          absent(0x3FF6F000, "PWM2", "motor PWM"),
          absent(0x3FF70000, "PWM3", "motor PWM"),
          ready(0x3FF71000, "PHY", RADIO),
          block(0x3FF73000, "WIFI_MAC"),
          block(0x3FF74000, "WIFI_SLOTS"),
          block(0x3FF75000, "WDEV"));
}
