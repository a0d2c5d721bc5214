// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import mirage.formats.PartitionTable.Partition;

/**
 * Boot arguments as the chip reads them from its partition {@value #PARTITION}: the letters {@code MARG}, the
 * length as 32 bits, little end first, then the arguments as one line.
 */
public final class BootArguments {
  private static final byte[] MAGIC = "MARG".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 8;
  private static final byte ERASED = (byte) 0xFF;

  /** The partition's name; every image has it. */
  public static final String PARTITION = "args";

  /** The partition's subtype, as that of all data of the application. */
  public static final int SUBTYPE = 0x40;

  private BootArguments() {}

  /**
   * The partition's first bytes.
   *
   * @param capacity the partition's size in bytes
   * @throws FormatException when the arguments do not fit
   */
  public static byte[] encode(List<String> arguments, int capacity) {
    return encode(line(arguments), capacity);
  }

  /**
   * The partition's first bytes.
   *
   * @param line the arguments, quoted where they need it
   */
  public static byte[] encode(String line, int capacity) {
    byte[] text = line.getBytes(StandardCharsets.UTF_8);
    if (HEADER + text.length > capacity) {
      throw new FormatException(
          "boot arguments",
          HEADER,
          text.length + " bytes",
          "at most %d, which partition %s takes".formatted(capacity - HEADER, PARTITION));
    }
    return ByteBuffer.allocate(HEADER + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putInt(text.length)
        .put(text)
        .array();
  }

  /** The beginning of a flash chip with a partition for the arguments and no other: for programs that are not flashed. */
  public static byte[] flash(List<String> arguments) {
    Partition partition =
        new Partition(
            Partition.DATA,
            SUBTYPE,
            FlashImage.FIRST_PARTITION,
            PartitionTable.SECTOR,
            PARTITION,
            0);
    byte[] flash = new byte[partition.end()];
    Arrays.fill(flash, ERASED);
    byte[] table = new PartitionTable(List.of(partition)).write();
    System.arraycopy(table, 0, flash, FlashImage.TABLE_OFFSET, table.length);
    byte[] content = encode(arguments, partition.size());
    System.arraycopy(content, 0, flash, partition.offset(), content.length);
    return flash;
  }

  /**
   * The arguments with blanks between them. One with other characters than plain ones stands in double
   * quotes; a backslash takes the next character as it is.
   */
  static String line(List<String> arguments) {
    return arguments.stream().map(BootArguments::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String argument) {
    return argument.matches("[A-Za-z0-9_@%+=:,./-]+")
        ? argument
        : '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
