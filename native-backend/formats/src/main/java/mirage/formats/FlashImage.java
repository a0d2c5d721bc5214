// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import mirage.formats.PartitionTable.Partition;

/**
 * What is written to a flash chip from its first byte on: loader at {@value #LOADER_OFFSET}, partition table at {@value
 * #TABLE_OFFSET}, then the partitions. Bytes that nothing uses are 0xFF, as erased flash; the file may end before the flash does.
 *
 * @param loader second-stage loader, read by the ROM
 * @param table where the partitions are
 * @param contents by partition label; a partition without an entry is erased flash
 */
public record FlashImage(EspImage loader, PartitionTable table, Map<String, byte[]> contents) {
  public static final int LOADER_OFFSET = 0x1000;
  public static final int TABLE_OFFSET = 0x8000;

  /** First offset a partition may have. */
  public static final int FIRST_PARTITION = 0x9000;

  /** A byte of flash that nothing was written to. */
  public static final byte ERASED = (byte) 0xFF;

  public FlashImage {
    contents = new LinkedHashMap<>(contents);
  }

  /** The image's bytes, up to the last one that is used. */
  public byte[] write() {
    byte[] loaderBytes = loader.write();
    if (loaderBytes.length > TABLE_OFFSET - LOADER_OFFSET) {
      throw new FormatException(
          "flash image",
          LOADER_OFFSET,
          "a loader of " + loaderBytes.length + " bytes",
          "at most " + (TABLE_OFFSET - LOADER_OFFSET));
    }
    byte[] tableBytes = table.write();
    int end = TABLE_OFFSET + tableBytes.length;
    for (Map.Entry<String, byte[]> entry : contents.entrySet()) {
      end =
          Math.max(
              end, fitting(entry.getKey(), entry.getValue()).offset() + entry.getValue().length);
    }
    byte[] flash = new byte[end];
    Arrays.fill(flash, ERASED);
    System.arraycopy(loaderBytes, 0, flash, LOADER_OFFSET, loaderBytes.length);
    System.arraycopy(tableBytes, 0, flash, TABLE_OFFSET, tableBytes.length);
    contents.forEach(
        (label, content) ->
            System.arraycopy(content, 0, flash, fitting(label, content).offset(), content.length));
    return flash;
  }

  private Partition fitting(String label, byte[] content) {
    Partition p =
        table
            .find(label)
            .orElseThrow(
                () ->
                    new FormatException(
                        "flash image",
                        TABLE_OFFSET,
                        "content for partition '" + label + "'",
                        table.partitions().stream().map(Partition::label).toList().toString()));
    if (p.offset() < FIRST_PARTITION || content.length > p.size()) {
      throw new FormatException(
          "flash image",
          p.offset(),
          content.length + " bytes in partition '" + label + "'",
          "at most its " + p.size() + " bytes, from offset 0x9000 on");
    }
    return p;
  }

  /**
   * Reads loader, table and every partition's content as far as the file goes; the application's image is
   * checked too. Contents of a partition that the file does not reach are missing in the map.
   */
  public static FlashImage read(String file, byte[] data) {
    if (data.length < FIRST_PARTITION) {
      throw new FormatException(
          file,
          data.length,
          "the end of the file",
          "a flash image: loader at 0x1000, partition table at 0x8000, application behind them");
    }
    EspImage loader = EspImage.read(file, data, LOADER_OFFSET);
    PartitionTable table = PartitionTable.read(file, data, TABLE_OFFSET);
    Partition app =
        table
            .application()
            .orElseThrow(
                () ->
                    new FormatException(
                        file,
                        TABLE_OFFSET,
                        "no factory application",
                        "one partition of type 0, subtype 0"));
    EspImage.read(file, data, app.offset());
    Map<String, byte[]> contents = new LinkedHashMap<>();
    for (Partition p : table.partitions()) {
      if (p.offset() < data.length) {
        contents.put(
            p.label(), Arrays.copyOfRange(data, p.offset(), Math.min(p.end(), data.length)));
      }
    }
    return new FlashImage(loader, table, contents);
  }
}
