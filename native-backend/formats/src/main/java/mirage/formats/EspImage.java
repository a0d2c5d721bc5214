// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * An ESP32 image as ROM and loader read it: header, segments, checksum, SHA-256.
 *
 * <pre>
 * 0   E9, number of segments, SPI mode, flash size and speed, entry point (4)
 * 8   write-protect pin, drive settings (3), chip id (2), lowest revisions (5), reserved (4), hash flag
 * 24  per segment: load address (4), length (4, a multiple of 4), data
 *     zeros, then a checksum byte that ends on a multiple of 16
 *     SHA-256 of all of that (32 bytes), if the hash flag is 1
 * </pre>
 *
 * <p>Segments in the flash windows are not copied but mapped by 64 KB pages, so their file offset and
 * their address agree modulo 64 KB (ESP32 Technical Reference Manual, "Memory Management and Protection Units").
 *
 * @param entry address the loader jumps to
 * @param spiMode how the flash chip is read
 * @param spiSpeed low half of byte 3: 0 is 40 MHz, 15 is 80 MHz
 * @param flashSize high half of byte 3: 0 is 1 MB, each step doubles
 * @param hashed whether a SHA-256 follows
 * @param segments in file order, padding included
 */
public record EspImage(
    int entry,
    SpiMode spiMode,
    int spiSpeed,
    int flashSize,
    boolean hashed,
    List<Segment> segments) {

  public static final int MAGIC = 0xE9;
  public static final int HEADER_SIZE = 24;
  public static final int SEGMENT_HEADER_SIZE = 8;
  public static final int MAX_SEGMENTS = 16;
  public static final int CHECKSUM_SEED = 0xEF;
  public static final int HASH_SIZE = 32;

  /** Size of a page of the flash cache's mapping. */
  public static final int PAGE = 0x10000;

  private static final int CHIP_ESP32 = 0;
  private static final int NO_WRITE_PROTECT_PIN = 0xEE;

  /** Wires and phases used to read the flash; the ordinal is the header's byte. */
  public enum SpiMode {
    QIO,
    QOUT,
    DIO,
    DOUT
  }

  public EspImage {
    segments = List.copyOf(segments);
  }

  /** What is copied to, or mapped at, {@code address}. Address 0 is padding that no loader reads. */
  public record Segment(int address, byte[] data) {
    /** Whether the segment is mapped from flash: data window or instruction window of the cache. */
    public boolean mapped() {
      return isBetween(0x3F400000, 0x3F800000) || isBetween(0x400D0000, 0x40400000);
    }

    private boolean isBetween(int low, int high) {
      return address >= low && address < high;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Segment that
          && address == that.address
          && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
      return 31 * address + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
      return String.format("Segment[0x%08x, %d bytes]", address, data.length);
    }
  }

  /**
   * An image for a flash of {@code flashBytes} read in DIO mode at 40 MHz, which every module can do.
   * Lengths are rounded up to 4; padding goes before mapped segments where their address asks for it.
   */
  public static EspImage of(int entry, int flashBytes, List<Segment> segments) {
    List<Segment> placed = new ArrayList<>();
    int offset = HEADER_SIZE;
    for (Segment segment : segments) {
      if (segment.mapped()) {
        int gap = Math.floorMod(segment.address() - offset - SEGMENT_HEADER_SIZE, PAGE);
        if (gap != 0) {
          int size = gap < SEGMENT_HEADER_SIZE ? gap + PAGE : gap;
          placed.add(new Segment(0, new byte[size - SEGMENT_HEADER_SIZE]));
          offset += size;
        }
      }
      int rounded = (segment.data().length + 3) & -4;
      placed.add(new Segment(segment.address(), Arrays.copyOf(segment.data(), rounded)));
      offset += SEGMENT_HEADER_SIZE + rounded;
    }
    return new EspImage(entry, SpiMode.DIO, 0, flashSizeCode(flashBytes), true, placed);
  }

  /** 16 MB. */
  private static final int MAX_FLASH_CODE = 4;

  private static int flashSizeCode(int flashBytes) {
    int megabytes = flashBytes >> 20;
    if (Integer.bitCount(flashBytes) != 1 || megabytes < 1 || megabytes > 16) {
      throw new IllegalArgumentException(
          "flash of " + flashBytes + " bytes; allowed: 1, 2, 4, 8 or 16 MB");
    }
    return Integer.numberOfTrailingZeros(megabytes);
  }

  /** Bytes of flash the image was made for. */
  public int flashBytes() {
    return 1 << 20 << flashSize;
  }

  /** Bytes of flash that an image's header names, of an image that may be damaged or none at all. */
  public static OptionalInt flashBytes(byte[] data, int offset) {
    int code = data.length < offset + HEADER_SIZE ? 0xF : data[offset + 3] >> 4 & 0xF;
    return code <= MAX_FLASH_CODE && (data[offset] & 0xFF) == MAGIC
        ? OptionalInt.of(1 << 20 << code)
        : OptionalInt.empty();
  }

  /** Offset in the image of each segment's data, in the order of {@link #segments}. */
  public List<Integer> offsets() {
    List<Integer> offsets = new ArrayList<>();
    int offset = HEADER_SIZE;
    for (Segment segment : segments) {
      offsets.add(offset + SEGMENT_HEADER_SIZE);
      offset += SEGMENT_HEADER_SIZE + segment.data().length;
    }
    return offsets;
  }

  /** The image's bytes; fails on what no loader could load. */
  public byte[] write() {
    if (segments.isEmpty() || segments.size() > MAX_SEGMENTS) {
      throw new FormatException(
          "ESP image", 1, segments.size() + " segments", "1 to " + MAX_SEGMENTS);
    }
    ByteWriter out = new ByteWriter();
    out.u8(MAGIC).u8(segments.size()).u8(spiMode.ordinal()).u8(flashSize << 4 | spiSpeed);
    out.i32(entry).u8(NO_WRITE_PROTECT_PIN).fill(0, 3).u16(CHIP_ESP32).fill(0, 9);
    out.u8(hashed ? 1 : 0);
    int checksum = CHECKSUM_SEED;
    for (Segment segment : segments) {
      checkPlace(segment, out.length() + SEGMENT_HEADER_SIZE);
      out.i32(segment.address()).i32(segment.data().length).bytes(segment.data());
      checksum ^= xor(segment.data());
    }
    out.fill(0, 15 - out.length() % 16).u8(checksum);
    return hashed ? out.bytes(Digests.sha256(out.toByteArray())).toByteArray() : out.toByteArray();
  }

  private static void checkPlace(Segment segment, int offset) {
    if (segment.data().length % 4 != 0) {
      throw new FormatException(
          "ESP image",
          offset,
          "a segment of " + segment.data().length + " bytes",
          "multiples of 4");
    }
    if (segment.mapped() && (segment.address() - offset) % PAGE != 0) {
      throw new FormatException(
          "ESP image",
          offset,
          String.format("a segment mapped at 0x%08x", segment.address()),
          "an offset that agrees with the address modulo 64 KB");
    }
  }

  private static int xor(byte[] data) {
    int result = 0;
    for (byte b : data) {
      result ^= b & 0xFF;
    }
    return result;
  }

  /** Reads an image that begins with the file; what follows it is ignored. */
  public static EspImage read(String file, byte[] data) {
    return read(file, data, 0);
  }

  /** Reads the image at {@code offset} of a file, checking checksum and hash; what follows it is ignored. */
  public static EspImage read(String file, byte[] data, int offset) {
    ByteReader in = new ByteReader(file, data, ByteOrder.LITTLE_ENDIAN).seek(offset);
    in.require(HEADER_SIZE, "an ESP image header");
    expect(in, "magic byte", in.u8(), MAGIC);
    int count = in.u8();
    if (count == 0 || count > MAX_SEGMENTS) {
      throw in.failAt(offset + 1, count + " segments", "1 to " + MAX_SEGMENTS);
    }
    int mode = in.u8();
    if (mode >= SpiMode.values().length) {
      throw in.failAt(offset + 2, "SPI mode " + mode, "0 to 3");
    }
    int sizeAndSpeed = in.u8();
    if (sizeAndSpeed >> 4 > 4) {
      throw in.failAt(offset + 3, "flash size code " + (sizeAndSpeed >> 4), "0 to 4 (1 to 16 MB)");
    }
    int entry = in.i32();
    in.skip(4);
    expect(in, "chip id", in.u16(), CHIP_ESP32);
    in.skip(9);
    int hashFlag = in.u8();
    if (hashFlag > 1) {
      throw in.failAt(offset + HEADER_SIZE - 1, "hash flag " + hashFlag, "0 or 1");
    }
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      segments.add(readSegment(in, offset));
    }
    readTail(in, offset, hashFlag == 1, segments);
    return new EspImage(
        entry,
        SpiMode.values()[mode],
        sizeAndSpeed & 15,
        sizeAndSpeed >> 4,
        hashFlag == 1,
        segments);
  }

  private static Segment readSegment(ByteReader in, int base) {
    in.require(SEGMENT_HEADER_SIZE, "a segment header");
    int address = in.i32();
    int length = in.i32();
    if (length % 4 != 0) {
      throw in.failAt(
          in.position() - 4,
          "a segment of " + Integer.toUnsignedString(length) + " bytes",
          "multiples of 4");
    }
    int offset = in.position() - base;
    Segment segment = new Segment(address, in.bytes(Integer.toUnsignedLong(length), "a segment"));
    if (segment.mapped() && (address - offset) % PAGE != 0) {
      throw in.failAt(
          base + offset - SEGMENT_HEADER_SIZE,
          String.format("load address 0x%08x of a mapped segment at 0x%x", address, offset),
          "an address that agrees with the offset modulo 64 KB");
    }
    return segment;
  }

  private static void readTail(ByteReader in, int base, boolean hashed, List<Segment> segments) {
    in.skip(15 - (in.position() - base) % 16);
    int checksum = CHECKSUM_SEED;
    for (Segment segment : segments) {
      checksum ^= xor(segment.data());
    }
    expect(in, "checksum", in.u8(), checksum);
    if (hashed) {
      int end = in.position();
      byte[] expected = Digests.sha256(in.at(base, end - base, "the image").rest());
      byte[] found = in.bytes(HASH_SIZE, "a SHA-256");
      if (!Arrays.equals(expected, found)) {
        throw in.failAt(end, "SHA-256 " + Digests.hex(found), Digests.hex(expected));
      }
    }
  }

  private static void expect(ByteReader in, String what, int found, int allowed) {
    if (found != allowed) {
      throw in.failAt(
          in.position() - 1,
          String.format("%s 0x%02x", what, found),
          String.format("0x%02x", allowed));
    }
  }
}
