// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.bus;

/**
 * Bytes of RAM, ROM or flash, independent of where they are mapped. May be mapped at several
 * addresses and in several address spaces at once. Its own accessors are the host's: they ignore
 * rights, and tell whoever has decoded code from here.
 */
public final class Memory {
  private final String name;
  private final Page[] pages;

  /**
   * Zeroed memory.
   *
   * @param name used in fault reports
   * @param size in bytes, a multiple of {@value Page#SIZE}
   */
  public Memory(String name, int size) {
    if (size <= 0 || size % Page.SIZE != 0) {
      throw new IllegalArgumentException(
          name + ": size " + size + " is not a multiple of " + Page.SIZE);
    }
    this.name = name;
    this.pages = new Page[size >>> Page.SHIFT];
    for (int i = 0; i < pages.length; i++) {
      pages[i] = new Page();
    }
  }

  public String name() {
    return name;
  }

  /** Size in bytes. */
  public int size() {
    return pages.length << Page.SHIFT;
  }

  /** Copies {@code length} bytes from {@code offset} out of this memory. */
  public byte[] read(int offset, int length) {
    byte[] result = new byte[length];
    for (int done = 0; done < length; ) {
      int start = offset + done & Page.SIZE - 1;
      int count = Math.min(length - done, Page.SIZE - start);
      System.arraycopy(page(offset + done).bytes, start, result, done, count);
      done += count;
    }
    return result;
  }

  /** The byte at {@code offset}, 0-255. */
  public int read8(int offset) {
    return page(offset).bytes[offset & Page.SIZE - 1] & 0xff;
  }

  /** Copies {@code bytes} into this memory at {@code offset}. */
  public void write(int offset, byte[] bytes) {
    for (int done = 0; done < bytes.length; ) {
      int start = offset + done & Page.SIZE - 1;
      int count = Math.min(bytes.length - done, Page.SIZE - start);
      Page page = page(offset + done);
      page.changing(start, start + count - 1);
      System.arraycopy(bytes, done, page.bytes, start, count);
      done += count;
    }
  }

  Page page(int offset) {
    return pages[offset >>> Page.SHIFT];
  }
}
