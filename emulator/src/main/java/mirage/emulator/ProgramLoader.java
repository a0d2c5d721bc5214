// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import mirage.emulator.bus.AccessFault;
import mirage.emulator.bus.AddressSpace;
import mirage.emulator.peripheral.FlashCache;
import mirage.formats.Elf32;
import mirage.formats.EspImage;

/**
 * Starts an executable without a flash image: RAM segments are copied, segments in the flash windows are put
 * into free pages of
 * the flash chip and mapped, as a loader would do.
 */
final class ProgramLoader {
  private static final int FIRST_FREE_PAGE = 1;
  private static final int DROM = 0x3F400000;
  private static final int IROM = 0x40000000;
  private static final int IROM_FIRST_ENTRY = 64;
  private static final int PRO_TABLE = 0x3FF10000;
  private static final int APP_TABLE = 0x3FF12000;
  private static final int WATCHDOG_OFF = 0;
  private static final int[] BOOT_GUARDS = {0x3FF5F048, 0x3FF4808C};

  private final String file;
  private final Elf32 elf;

  ProgramLoader(String file, Elf32 elf) {
    this.file = file;
    this.elf = elf;
    if (elf.type() != Elf32.EXECUTABLE || elf.machine() != Elf32.EM_XTENSA) {
      throw new EmulatorException(
          "%s: an ELF file of type %d for machine %d; allowed is an executable (2) for Xtensa (94)"
              .formatted(file, elf.type(), elf.machine()));
    }
  }

  void boot(Esp32 machine) {
    machine.bootAt(elf.entry(), () -> load(machine));
  }

  private void load(Esp32 machine) {
    AddressSpace space = machine.space(0);
    // The boot guards are the loader's business; a program without one starts with them off.
    for (int register : BOOT_GUARDS) {
      space.store32(register, WATCHDOG_OFF);
    }
    Map<Integer, byte[]> pages = new TreeMap<>();
    for (Elf32.Segment segment : elf.segments()) {
      if (segment.type() != Elf32.PT_LOAD || segment.memorySize() == 0) {
        continue;
      }
      checkSize(segment);
      if (mapped(segment.address())) {
        spread(segment, pages);
      } else {
        copy(space, segment);
      }
    }
    int page = FIRST_FREE_PAGE;
    for (Map.Entry<Integer, byte[]> entry : pages.entrySet()) {
      if (page * FlashCache.PAGE >= Esp32.FLASH_SIZE) {
        throw new EmulatorException(file + ": its flash segments need more than the chip's 4 MB");
      }
      machine.writeFlash(page * FlashCache.PAGE, entry.getValue());
      map(space, entry.getKey(), page++);
    }
  }

  private void checkSize(Elf32.Segment segment) {
    int size = segment.memorySize();
    int last = segment.address() + size - 1;
    boolean fits = size > 0 && size <= Esp32.FLASH_SIZE && segment.data().length <= size;
    if (!fits || mapped(segment.address()) != mapped(last)) {
      throw new EmulatorException(
          "%s: a segment of %d bytes (%d of them in the file) at 0x%08x; allowed are segments inside RAM or a flash window"
              .formatted(
                  file, Integer.toUnsignedLong(size), segment.data().length, segment.address()));
    }
  }

  private static boolean mapped(int address) {
    return new EspImage.Segment(address, new byte[0]).mapped();
  }

  private void copy(AddressSpace space, Elf32.Segment segment) {
    ByteBuffer bytes = ByteBuffer.allocate(segment.memorySize()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(segment.data());
    try {
      space.poke(segment.address(), bytes.array());
    } catch (AccessFault e) {
      throw new EmulatorException(
          "%s: a segment of %d bytes at 0x%08x, where the chip has neither RAM nor flash; %s"
              .formatted(file, segment.memorySize(), segment.address(), e.getMessage()));
    }
  }

  private static void spread(Elf32.Segment segment, Map<Integer, byte[]> pages) {
    byte[] data = segment.data();
    for (int i = 0; i < data.length; i++) {
      int address = segment.address() + i;
      byte[] page =
          pages.computeIfAbsent(address & -FlashCache.PAGE, key -> new byte[FlashCache.PAGE]);
      page[address & FlashCache.PAGE - 1] = data[i];
    }
  }

  private static void map(AddressSpace space, int address, int page) {
    boolean data = address < IROM;
    int entry = (address - (data ? DROM : IROM)) / FlashCache.PAGE + (data ? 0 : IROM_FIRST_ENTRY);
    space.store32(PRO_TABLE + 4 * entry, page);
    space.store32(APP_TABLE + 4 * entry, page);
  }
}
