// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The table at flash offset 0x8000 that says which part of the flash holds what.
 *
 * <p>Entries of 32 bytes: AA 50, type, subtype, offset (4), size (4), label (16, zero-padded), flags (4). An entry EB EB, 14 x
 * FF, MD5 of the entries before it (16) follows; FF fills the rest.
 */
public record PartitionTable(List<Partition> partitions) {
  public static final int MAGIC = 0x50AA;
  public static final int MD5_MAGIC = 0xEBEB;
  public static final int ENTRY_SIZE = 32;

  /** Bytes the table takes, MD5 entry included. */
  public static final int SIZE = 0xC00;

  public static final int LABEL_SIZE = 16;

  /** Erase unit of the flash: every partition is made of whole sectors. */
  public static final int SECTOR = 0x1000;

  private static final int MAX_ENTRIES = SIZE / ENTRY_SIZE - 1;
  private static final int END = 0xFFFF;

  /**
   * A named range of the flash.
   *
   * @param type {@link #APP}, {@link #DATA}, or 0x40 to 0xFE for the application's own
   * @param subtype 0 of APP is the factory application; 0x40 to 0xFE of DATA is the application's own
   * @param offset in bytes from the beginning of the flash; a multiple of 4 KB, of 64 KB for an application
   * @param size in bytes, a multiple of 4 KB
   * @param label 1 to 15 characters of ASCII, unique in the table
   * @param flags 1 is encrypted, 2 ({@link #READ_ONLY}) is read-only
   */
  public record Partition(int type, int subtype, int offset, int size, String label, int flags) {
    public static final int APP = 0;
    public static final int DATA = 1;
    public static final int FACTORY = 0;
    public static final int READ_ONLY = 2;

    /** First offset behind the partition. */
    public int end() {
      return offset + size;
    }
  }

  public PartitionTable {
    partitions = List.copyOf(partitions);
  }

  /** The partition of this label. */
  public Optional<Partition> find(String label) {
    return partitions.stream().filter(p -> p.label().equals(label)).findFirst();
  }

  /** The application a loader starts. */
  public Optional<Partition> application() {
    return partitions.stream()
        .filter(p -> p.type() == Partition.APP && p.subtype() == Partition.FACTORY)
        .findFirst();
  }

  /** The table's {@value #SIZE} bytes. */
  public byte[] write() {
    if (partitions.size() > MAX_ENTRIES) {
      throw new FormatException(
          "partition table", 0, partitions.size() + " partitions", "at most " + MAX_ENTRIES);
    }
    ByteWriter out = new ByteWriter();
    Set<String> labels = new HashSet<>();
    int previousEnd = 0;
    for (Partition p : partitions) {
      check("partition table", out.length(), p, previousEnd, labels);
      previousEnd = p.end();
      byte[] label = p.label().getBytes(StandardCharsets.US_ASCII);
      out.u16(MAGIC).u8(p.type()).u8(p.subtype()).i32(p.offset()).i32(p.size());
      out.bytes(Arrays.copyOf(label, LABEL_SIZE)).i32(p.flags());
    }
    byte[] md5 = Digests.md5(out.toByteArray());
    out.u16(MD5_MAGIC).fill(0xFF, 14).bytes(md5);
    return out.fill(0xFF, SIZE - out.length()).toByteArray();
  }

  /** Reads the table at {@code offset} of a file; the MD5 entry may be missing, but not wrong. */
  public static PartitionTable read(String file, byte[] data, int offset) {
    ByteReader whole = new ByteReader(file, data, ByteOrder.LITTLE_ENDIAN).seek(offset);
    ByteReader in = whole.slice(Math.min(SIZE, whole.remaining()), "partition table");
    List<Partition> partitions = new ArrayList<>();
    Set<String> labels = new HashSet<>();
    int previousEnd = 0;
    while (true) {
      int start = in.position();
      int magic = in.u16();
      if (magic == END && !partitions.isEmpty()) {
        return new PartitionTable(partitions);
      }
      if (magic == MD5_MAGIC && !partitions.isEmpty()) {
        checkMd5(in, offset, start);
        return new PartitionTable(partitions);
      }
      if (magic != MAGIC) {
        throw in.failAt(
            start,
            String.format("entry magic %02x %02x", magic & 0xFF, magic >> 8),
            "aa 50 (an entry), eb eb (MD5) or ff ff (end) after the first");
      }
      Partition p = readEntry(in);
      check(file, start, p, previousEnd, labels);
      previousEnd = p.end();
      partitions.add(p);
    }
  }

  private static Partition readEntry(ByteReader in) {
    int type = in.u8();
    int subtype = in.u8();
    int offset = in.i32();
    int size = in.i32();
    String label = in.slice(LABEL_SIZE, "a label").zeroTerminated();
    return new Partition(type, subtype, offset, size, label, in.i32());
  }

  private static void checkMd5(ByteReader in, int tableStart, int md5Start) {
    in.skip(14);
    byte[] expected = Digests.md5(in.at(tableStart, md5Start - tableStart, "the entries").rest());
    byte[] found = in.bytes(16, "an MD5");
    if (!Arrays.equals(expected, found)) {
      throw in.failAt(md5Start + 16, "MD5 " + Digests.hex(found), Digests.hex(expected));
    }
  }

  private static void check(String file, int at, Partition p, int previousEnd, Set<String> labels) {
    int unit = p.type() == Partition.APP ? EspImage.PAGE : SECTOR;
    if (p.offset() < previousEnd || p.offset() % unit != 0) {
      throw new FormatException(
          file,
          at + 4,
          String.format("partition '%s' at 0x%x", p.label(), p.offset()),
          String.format("multiples of 0x%x from 0x%x on", unit, previousEnd));
    }
    if (p.size() <= 0 || p.size() % SECTOR != 0 || p.end() < 0) {
      throw new FormatException(
          file,
          at + 8,
          String.format("partition '%s' of 0x%x bytes", p.label(), p.size()),
          String.format("positive multiples of 0x%x", SECTOR));
    }
    if (!p.label().matches("[!-~]{1,15}") || !labels.add(p.label())) {
      throw new FormatException(
          file,
          at + 12,
          "label '" + p.label() + "'",
          "1 to 15 characters of ASCII without spaces, each label once");
    }
  }
}
