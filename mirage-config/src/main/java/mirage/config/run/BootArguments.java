// SPDX-License-Identifier: Apache-2.0
package mirage.config.run;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import mirage.formats.FlashImage;
import mirage.formats.PartitionTable;
import mirage.formats.PartitionTable.Partition;
import mirage.tools.MirageException;

/**
 * Boot arguments as the chip reads them from its {@code args} partition: the letters {@code MARG}, the
 * length as 32 bits, little end first, then the arguments with spaces between them. An argument with
 * other characters than plain ones stands in double quotes; a backslash takes the next character as it is.
 */
public final class BootArguments {
  private static final byte[] MAGIC = "MARG".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 8;
  private static final int SUBTYPE = 0x40;
  private static final byte ERASED = (byte) 0xFF;

  /** The partition's name. */
  static final String PARTITION = "args";

  private BootArguments() {}

  /**
   * The partition's first bytes.
   *
   * @param capacity the partition's size in bytes
   * @throws MirageException when the arguments do not fit
   */
  public static byte[] encode(List<String> arguments, int capacity) {
    byte[] text = quoted(arguments).getBytes(StandardCharsets.UTF_8);
    if (HEADER + text.length > capacity) {
      throw new MirageException(
          "boot arguments of %d bytes; the args partition takes %d"
              .formatted(text.length, capacity - HEADER));
    }
    return ByteBuffer.allocate(HEADER + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putInt(text.length)
        .put(text)
        .array();
  }

  /** The beginning of a flash chip with a partition for the arguments and no other: for programs that are not flashed. */
  static byte[] flash(List<String> arguments) {
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

  static String quoted(List<String> arguments) {
    return arguments.stream().map(BootArguments::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String argument) {
    return argument.matches("[A-Za-z0-9_@%+=:,./-]+")
        ? argument
        : '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
