// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

/** A file that is not what it should be: which file, at which byte offset, what was found, what is allowed. */
public final class FormatException extends RuntimeException {
  private final String file;
  private final long offset;

  public FormatException(String file, long offset, String found, String allowed) {
    super(String.format("%s: at offset 0x%x: found %s; allowed: %s", file, offset, found, allowed));
    this.file = file;
    this.offset = offset;
  }

  /** Name of the file as the user knows it. */
  public String file() {
    return file;
  }

  /** Byte offset in the file of the first byte that is wrong. */
  public long offset() {
    return offset;
  }
}
