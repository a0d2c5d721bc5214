// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import java.util.Arrays;
import mirage.emulator.bus.DeviceFault;

/**
 * The MMU of one core's flash cache (TRM, "System and Memory" and "Memory Management and Protection Units"):
 * a table of 64 KB pages that shows parts of the flash chip in the core's
 * address space, behind an enable bit and a mask bit per bus. Caching itself is not modelled; flash is never stale.
 */
public final class FlashCache {
  /** Bytes a table entry maps. */
  public static final int PAGE = 0x10000;

  /** Entries of the table that map flash: 64 each of DROM0, IRAM0, IRAM1, IROM0. */
  static final int ENTRIES = 256;

  /** Bit of an entry that maps nothing. */
  static final int INVALID = 0x100;

  private static final int ENTRIES_PER_BUS = 64;

  /** Virtual base of each group of 64 entries, and the bit that masks its bus in CACHE_CTRL1. */
  private enum Bus {
    DROM0(0x3F400000, 4),
    IRAM0(0x40000000, 0),
    IRAM1(0x40400000, 1),
    IROM0(0x40800000, 2);

    private final int base;
    private final int maskBit;

    Bus(int base, int maskBit) {
      this.base = base;
      this.maskBit = maskBit;
    }
  }

  /** First page of the instruction bus that shows flash; below it is internal memory. */
  private static final int FIRST_INSTRUCTION_PAGE = 0x400D0000;

  /** The core's address space. */
  @FunctionalInterface
  public interface Mapping {
    /** The 64 KB at {@code address} show flash from {@code flashOffset} on, or nothing if that is negative. */
    void map(int address, int flashOffset);
  }

  private final Mapping mapping;
  private final int[] table = new int[ENTRIES];
  private final int[] shown = new int[ENTRIES];
  private boolean enabled;
  private int busMask;

  public FlashCache(Mapping mapping) {
    this.mapping = mapping;
    Arrays.fill(shown, -1);
  }

  int entry(int index) {
    return table[index];
  }

  /** Changes an entry; what the cache does with one that changes under it is not defined, so that is a fault. */
  void setEntry(int index, int value) {
    if (enabled) {
      throw new DeviceFault(
          "entry %d of the flash MMU table is written while the cache is enabled; disable it first"
              .formatted(index));
    }
    table[index] = value & 0x1FF;
  }

  /** CACHE_ENABLE and the MASK bits as the control registers hold them. */
  void control(boolean cacheEnabled, int maskBits) {
    if (enabled != cacheEnabled || busMask != maskBits) {
      enabled = cacheEnabled;
      busMask = maskBits;
      for (int i = 0; i < ENTRIES; i++) {
        show(i);
      }
    }
  }

  void reset() {
    Arrays.fill(table, INVALID);
    control(false, 0x3F);
  }

  private void show(int index) {
    Bus bus = Bus.values()[index / ENTRIES_PER_BUS];
    int address = bus.base + index % ENTRIES_PER_BUS * PAGE;
    if (bus == Bus.IRAM0 && address < FIRST_INSTRUCTION_PAGE) {
      return;
    }
    boolean visible =
        enabled && (busMask >>> bus.maskBit & 1) == 0 && (table[index] & INVALID) == 0;
    int offset = visible ? table[index] * PAGE : -1;
    if (shown[index] != offset) {
      shown[index] = offset;
      mapping.map(address, offset);
    }
  }
}
