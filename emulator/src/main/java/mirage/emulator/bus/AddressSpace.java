// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.bus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import mirage.emulator.bus.AccessFault.Access;
import mirage.emulator.bus.AccessFault.Reason;

/**
 * The 4 GB a core sees, in pages of {@value #PAGE_SIZE} bytes. Pages can be mapped, aliased and
 * remapped at any time, from within a device's register too. Loads and stores are little-endian;
 * what the bus refuses is an {@link AccessFault}.
 */
public final class AddressSpace {
  public static final int PAGE_SIZE = Page.SIZE;

  /** Tables have two levels, for most of the 4 GB are empty: 1024 times 1024 pages. */
  private static final int LEVEL = 1 << 10;

  private static final int HIGH_SHIFT = 22;
  private static final Mapping[] NO_MAPPINGS = new Mapping[LEVEL];
  private final Mapping[][] mappings = new Mapping[LEVEL][];

  private final DirectPages direct = new DirectPages();

  /** Of the memory mapped first; pages of others are reached the slow way. */
  private Storage storage = new Storage(0);

  private boolean hasStorage;
  private final List<CodeListener> listeners = new ArrayList<>();
  private final Watchpoint[] watchpoints = new Watchpoint[2];

  public AddressSpace() {
    Arrays.fill(mappings, NO_MAPPINGS);
  }

  /**
   * Maps a part of a memory; what was mapped there before is forgotten.
   *
   * @param address first address, a multiple of {@value #PAGE_SIZE}, as are the next two
   * @param offset first byte of the memory to appear there
   * @param size in bytes
   */
  public void map(int address, Memory memory, int offset, int size, Rights rights) {
    checkAligned(address, size);
    if (offset % PAGE_SIZE != 0 || offset < 0 || (long) offset + size > memory.size()) {
      throw new IllegalArgumentException(
          String.format(
              "%s: cannot map 0x%x bytes at offset 0x%x of 0x%x",
              memory.name(), size, offset, memory.size()));
    }
    if (!hasStorage) {
      storage = memory.storage();
      hasStorage = true;
    }
    for (int done = 0; done < size; done += PAGE_SIZE) {
      int number = address + done >>> Page.SHIFT;
      Page page = memory.page(offset + done);
      replace(number, Mapping.of(this, number, memory, page, rights));
    }
  }

  /** Maps the whole of a memory. */
  public void map(int address, Memory memory, Rights rights) {
    map(address, memory, 0, memory.size(), rights);
  }

  /**
   * Maps a device; what was mapped there before is forgotten.
   *
   * @param address first address, offset 0 of the device; a multiple of {@value #PAGE_SIZE}
   * @param size in bytes, a multiple of {@value #PAGE_SIZE}
   */
  public void map(int address, int size, Device device) {
    checkAligned(address, size);
    for (int done = 0; done < size; done += PAGE_SIZE) {
      int number = address + done >>> Page.SHIFT;
      replace(number, Mapping.of(this, number, device, address));
    }
  }

  /** Leaves nothing mapped in a range; both numbers are multiples of {@value #PAGE_SIZE}. */
  public void unmap(int address, int size) {
    checkAligned(address, size);
    for (int done = 0; done < size; done += PAGE_SIZE) {
      replace(address + done >>> Page.SHIFT, null);
    }
  }

  /** Registers whoever keeps decoded code. */
  public void addCodeListener(CodeListener listener) {
    listeners.add(listener);
  }

  /**
   * Sets a watchpoint.
   *
   * @param number 0 or 1
   * @param watchpoint null for none
   */
  public void watch(int number, Watchpoint watchpoint) {
    Watchpoint old = watchpoints[number];
    watchpoints[number] = watchpoint;
    for (Watchpoint changed : new Watchpoint[] {old, watchpoint}) {
      if (changed != null && changed.loads()) {
        codeChanged(changed.address() >>> Page.SHIFT);
      }
      if (changed != null) {
        publish(changed.address() >>> Page.SHIFT, mappingAt(changed.address()));
      }
    }
  }

  /** Loads a byte, zero-extended. */
  public int load8(int address) {
    int place = direct.byteLoad(address);
    return place >= 0 ? storage.get8(place) : loadSlowly(address, 1);
  }

  /** Loads 16 bits, zero-extended. */
  public int load16(int address) {
    int place = direct.byteLoad(address);
    return place >= 0 && (address & 1) == 0
        ? storage.words()[place >>> 2] >>> (place << 3) & 0xffff
        : loadSlowly(address, 2);
  }

  public int load32(int address) {
    int index = direct.wordLoad(address);
    int[] words = storage.words();
    return index >= 0 && index < words.length ? words[index] : loadSlowly(address, 4);
  }

  public void store8(int address, int value) {
    int place = direct.byteStore(address);
    if (place >= 0) {
      storage.put8(place, value);
    } else {
      storeSlowly(address, 1, value);
    }
  }

  public void store16(int address, int value) {
    int place = direct.byteStore(address);
    if (place >= 0 && (address & 1) == 0) {
      storage.put16(place, value);
    } else {
      storeSlowly(address, 2, value);
    }
  }

  public void store32(int address, int value) {
    int index = direct.wordStore(address);
    int[] words = storage.words();
    if (index >= 0 && index < words.length) {
      words[index] = value;
    } else {
      storeSlowly(address, 4, value);
    }
  }

  /** How pages are reached without a second look, for code that does so itself. */
  public DirectPages direct() {
    return direct;
  }

  /** Where the directly reached memories are. */
  public Storage storage() {
    return storage;
  }

  /**
   * Fetches the instruction at {@code address}: two or three bytes, the first in bits 0-7, and
   * remembers that they are code.
   */
  public int fetch(int address) {
    int first = fetch8(address);
    int length = (first & 0xf) >= 8 ? 2 : 3;
    int word = first | fetch8(address + 1) << 8;
    return length == 2 ? word : word | fetch8(address + 2) << 16;
  }

  /**
   * The word at an aligned address, if a program cannot change it and whoever registered for changes of code is told when
   * something else does.
   */
  public OptionalInt constant(int address) {
    Mapping mapping = mappingAt(address);
    boolean fixed = mapping != null && mapping.page != null && !mapping.rights.writable();
    if (!fixed || (address & 3) != 0 || watched(address >>> Page.SHIFT, true)) {
      return OptionalInt.empty();
    }
    int offset = address & PAGE_SIZE - 1;
    mapping.page.markCode(offset, offset + 3);
    return OptionalInt.of(load32(address));
  }

  /** Whether code can be fetched from {@code address}. */
  public boolean isExecutable(int address) {
    Mapping mapping = mappingAt(address);
    return mapping != null && mapping.rights != null && mapping.rights.executable();
  }

  /** The name of what is mapped at {@code address}, or null. */
  public String nameAt(int address) {
    Mapping mapping = mappingAt(address);
    return mapping == null ? null : mapping.name();
  }

  /**
   * Reads memory for the host, whatever the rights.
   *
   * @throws AccessFault if a byte of it is no memory
   */
  public byte[] peek(int address, int length) {
    byte[] result = new byte[length];
    for (int i = 0; i < length; i++) {
      result[i] = (byte) memoryAt(address + i, Access.LOAD).get8(address + i & PAGE_SIZE - 1);
    }
    return result;
  }

  /**
   * Writes memory for the host, whatever the rights.
   *
   * @throws AccessFault if a byte of it is no memory
   */
  public void poke(int address, byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      int offset = address + i & PAGE_SIZE - 1;
      Page page = memoryAt(address + i, Access.STORE);
      page.changing(offset, offset);
      page.put8(offset, bytes[i]);
    }
  }

  /** Enters a page into the tables of what can be accessed directly. */
  void publish(int number, Mapping mapping) {
    if (mapping == null || mapping.page == null || mapping.page.storage() != storage) {
      direct.remove(number);
      return;
    }
    boolean stores = mapping.rights.writable() && !mapping.page.hasCode();
    direct.enter(
        number,
        mapping.page.place,
        !watched(number, true),
        stores && !watched(number, false),
        mapping.rights.wordsOnly());
  }

  private boolean watched(int number, boolean load) {
    for (Watchpoint watchpoint : watchpoints) {
      if (watchpoint != null && watchpoint.concerns(number, load)) {
        return true;
      }
    }
    return false;
  }

  private void lookOut(int address, int size, boolean load) {
    for (Watchpoint watchpoint : watchpoints) {
      if (watchpoint != null
          && watchpoint.touchedBy(address, size)
          && (load ? watchpoint.loads() : watchpoint.stores())) {
        watchpoint.action().run();
      }
    }
  }

  private Mapping mappingAt(int address) {
    return mappings[address >>> HIGH_SHIFT][address >>> Page.SHIFT & LEVEL - 1];
  }

  void codeChanged(int number) {
    listeners.forEach(l -> l.codeChanged(number << Page.SHIFT));
  }

  private void replace(int number, Mapping mapping) {
    Mapping old = mappingAt(number << Page.SHIFT);
    if (old != null && old.page != null) {
      old.page.detach(old);
    }
    int high = number / LEVEL;
    if (mappings[high] == NO_MAPPINGS) {
      mappings[high] = new Mapping[LEVEL];
    }
    mappings[high][number % LEVEL] = mapping;
    if (mapping != null && mapping.page != null) {
      mapping.page.attach(mapping);
    }
    publish(number, mapping);
    codeChanged(number);
  }

  private int loadSlowly(int address, int size) {
    Mapping mapping = mapping(address, Access.LOAD);
    lookOut(address, size, true);
    if (mapping.device != null) {
      if ((address & size - 1) != 0) {
        throw fault(Access.LOAD, Reason.MISALIGNED, address);
      }
      return mapping.device.read(mapping.offset(address), size);
    }
    if (mapping.rights.wordsOnly() && (size != 4 || (address & 3) != 0)) {
      throw fault(Access.LOAD, wordsOnlyReason(address, size), address);
    }
    int offset = address & PAGE_SIZE - 1;
    boolean crosses = offset + size > PAGE_SIZE;
    int value = 0;
    for (int i = 0; i < size; i++) {
      int next = crosses ? load8(address + i) : mapping.page.get8(offset + i);
      value |= next << 8 * i;
    }
    return value;
  }

  private void storeSlowly(int address, int size, int value) {
    Mapping mapping = mapping(address, Access.STORE);
    lookOut(address, size, false);
    if (mapping.device != null) {
      if ((address & size - 1) != 0) {
        throw fault(Access.STORE, Reason.MISALIGNED, address);
      }
      mapping.device.write(mapping.offset(address), size, value);
      return;
    }
    if (!mapping.rights.writable()) {
      throw fault(Access.STORE, Reason.READ_ONLY, address);
    }
    if (mapping.rights.wordsOnly() && (size != 4 || (address & 3) != 0)) {
      throw fault(Access.STORE, wordsOnlyReason(address, size), address);
    }
    int offset = address & PAGE_SIZE - 1;
    if (offset + size > PAGE_SIZE) {
      for (int i = 0; i < size; i++) {
        store8(address + i, value >>> 8 * i);
      }
      return;
    }
    mapping.page.changing(offset, offset + size - 1);
    for (int i = 0; i < size; i++) {
      mapping.page.put8(offset + i, value >>> 8 * i);
    }
  }

  private int fetch8(int address) {
    Mapping mapping = mapping(address, Access.FETCH);
    if (mapping.rights == null || !mapping.rights.executable()) {
      throw fault(Access.FETCH, Reason.NOT_EXECUTABLE, address);
    }
    int offset = address & PAGE_SIZE - 1;
    mapping.page.markCode(offset, offset);
    return mapping.page.get8(offset);
  }

  private Page memoryAt(int address, Access access) {
    Mapping mapping = mapping(address, access);
    if (mapping.page == null) {
      throw fault(access, Reason.UNMAPPED, address);
    }
    return mapping.page;
  }

  private Mapping mapping(int address, Access access) {
    Mapping mapping = mappingAt(address);
    if (mapping == null) {
      throw fault(access, Reason.UNMAPPED, address);
    }
    return mapping;
  }

  private static Reason wordsOnlyReason(int address, int size) {
    return size == 4 && (address & 3) != 0 ? Reason.MISALIGNED : Reason.WORDS_ONLY;
  }

  private AccessFault fault(Access access, Reason reason, int address) {
    String name = nameAt(address);
    return new AccessFault(access, reason, address, name == null ? "" : name);
  }

  private static void checkAligned(int address, int size) {
    if (address % PAGE_SIZE != 0 || size % PAGE_SIZE != 0 || size < 0) {
      throw new IllegalArgumentException(
          String.format("0x%x bytes at 0x%08x are not whole pages", size, address));
    }
  }
}
