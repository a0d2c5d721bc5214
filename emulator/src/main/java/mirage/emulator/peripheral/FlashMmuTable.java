// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import mirage.emulator.bus.Device;
import mirage.emulator.bus.DeviceFault;

/**
 * The window through which a core's flash MMU table is read and written: one word an entry (TRM, "Memory
 * Management and Protection Units").
 */
public final class FlashMmuTable implements Device {
  private final String name;
  private final FlashCache cache;

  public FlashMmuTable(String name, FlashCache cache) {
    this.name = name;
    this.cache = cache;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int read(int offset, int size) {
    return offset >>> 2 < FlashCache.ENTRIES ? cache.entry(offset >>> 2) : FlashCache.INVALID;
  }

  /** Entries behind those of the flash map external RAM, of which the board has none. */
  @Override
  public void write(int offset, int size, int value) {
    if (offset >>> 2 < FlashCache.ENTRIES) {
      cache.setEntry(offset >>> 2, value);
    } else if ((value & FlashCache.INVALID) == 0) {
      throw new DeviceFault(
          "%s: entry %d maps external RAM, which this board has not".formatted(name, offset >>> 2));
    }
  }
}
