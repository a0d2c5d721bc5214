// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.bus;

/**
 * Bytes of RAM, ROM or flash, independent of where they are mapped. May be mapped at several
 * addresses and in several address spaces at once. Its own accessors are the host's: they ignore
 * rights, and tell whoever has decoded code from here.
 */
public final class Memory {
  private final String name;
  private final Storage storage;
  private final Page[] pages;

  /** Zeroed memory with a storage of its own. */
  public Memory(String name, int size) {
    this(new Storage(size), name, size);
  }

  /**
   * Zeroed memory.
   *
   * @param storage where its words are, and those of other memories
   * @param name used in fault reports
   * @param size in bytes, a multiple of {@value Page#SIZE}
   */
  public Memory(Storage storage, String name, int size) {
    if (size <= 0 || size % Page.SIZE != 0) {
      throw new IllegalArgumentException(
          name + ": size " + size + " is not a multiple of " + Page.SIZE);
    }
    this.name = name;
    this.storage = storage;
    this.pages = new Page[size >>> Page.SHIFT];
    int place = storage.take(size);
    for (int i = 0; i < pages.length; i++) {
      pages[i] = new Page(storage, place + (i << Page.SHIFT));
    }
  }

  public String name() {
    return name;
  }

  /** Where its words are. */
  public Storage storage() {
    return storage;
  }

  /** Size in bytes. */
  public int size() {
    return pages.length << Page.SHIFT;
  }

  /** Copies {@code length} bytes from {@code offset} out of this memory. */
  public byte[] read(int offset, int length) {
    byte[] result = new byte[length];
    checkRange(offset, length);
    storage.get(pages[0].place + offset, result, 0, length);
    return result;
  }

  /** The byte at {@code offset}, 0-255. */
  public int read8(int offset) {
    return page(offset).get8(offset & Page.SIZE - 1);
  }

  /** Copies {@code bytes} into this memory at {@code offset}. */
  public void write(int offset, byte[] bytes) {
    for (int done = 0; done < bytes.length; ) {
      int start = offset + done & Page.SIZE - 1;
      int count = Math.min(bytes.length - done, Page.SIZE - start);
      Page page = page(offset + done);
      page.changing(start, start + count - 1);
      storage.put(page.place + start, bytes, done, count);
      done += count;
    }
  }

  private void checkRange(int offset, int length) {
    if (offset < 0 || length < 0 || length > size() - offset) {
      throw new IndexOutOfBoundsException(
          "%s: %d bytes at 0x%x of 0x%x".formatted(name, length, offset, size()));
    }
  }

  Page page(int offset) {
    return pages[offset >>> Page.SHIFT];
  }
}
