// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.link;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mirage.formats.EspImage;
import mirage.formats.PartitionTable;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;

/**
 * How a chip's flash is to be divided.
 *
 * @param flashBytes its size
 * @param applicationBytes size of the application's partition; 0: what it needs
 * @param partitionBytes sizes of data partitions by name
 */
public record FlashPlan(int flashBytes, int applicationBytes, Map<String, Integer> partitionBytes) {
  private static final Pattern SIZE = Pattern.compile("(0x[0-9A-Fa-f]{1,7}|[0-9]{1,8})([KM]?)B?");

  /** The sizes that flash chips have and an image can name. */
  public static final List<String> CHIPS = List.of("1MB", "2MB", "4MB", "8MB", "16MB");

  /**
   * Reads what a user gives.
   *
   * @param flashSize such as {@code 8MB}; empty: 4 MB
   * @param partitions a partition table as CSV ({@code name, type, subtype, offset, size, flags}); what it does not
   *     name is as large as it needs to be
   * @throws MirageException with the line that is wrong
   */
  public static FlashPlan of(Optional<String> flashSize, Optional<Path> partitions) {
    int flash = flashSize.map(FlashPlan::chip).orElse(LinkOptions.DEFAULT.flashBytes());
    Map<String, Integer> sizes = new TreeMap<>();
    int application = 0;
    List<String> lines =
        partitions.map(file -> AtomicFiles.text(file).lines().toList()).orElse(List.of());
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      if (!line.isEmpty()) {
        String place = partitions.get() + ", line " + (i + 1);
        List<String> fields = Stream.of(line.split(",", -1)).map(String::strip).toList();
        boolean app = isApplication(place, fields);
        int size = size(place, fields.get(4), app ? EspImage.PAGE : PartitionTable.SECTOR);
        if (app && application != 0) {
          throw new MirageException(place + ": a second partition for an application");
        }
        if (app) {
          application = size;
        } else if (sizes.put(fields.get(0), size) != null) {
          throw new MirageException(place + ": partition '" + fields.get(0) + "' a second time");
        }
      }
    }
    return new FlashPlan(flash, application, Map.copyOf(sizes));
  }

  private static int chip(String text) {
    if (!CHIPS.contains(text)) {
      throw new MirageException(
          "flash of '%s'; allowed: %s".formatted(text, String.join(", ", CHIPS)));
    }
    return Integer.parseInt(text.replace("MB", "")) << 20;
  }

  private static boolean isApplication(String place, List<String> fields) {
    if (fields.size() < 5 || fields.size() > 6) {
      throw new MirageException(
          "%s: %d fields; expected name, type, subtype, offset, size, and perhaps flags"
              .formatted(place, fields.size()));
    }
    if (!fields.get(3).isEmpty()) {
      throw new MirageException(
          "%s: offset %s; partitions are placed by the tool, so leave it empty"
              .formatted(place, fields.get(3)));
    }
    return switch (fields.get(1)) {
      case "app" -> true;
      case "data" -> false;
      default ->
          throw new MirageException(
              "%s: type '%s'; expected app or data".formatted(place, fields.get(1)));
    };
  }

  private static int size(String place, String text, int unit) {
    Matcher size = SIZE.matcher(text);
    long bytes = 0;
    if (size.matches()) {
      bytes = Long.decode(size.group(1).replaceFirst("^0+(?=[0-9])", ""));
      bytes <<= size.group(2).equals("M") ? 20 : size.group(2).equals("K") ? 10 : 0;
    }
    if (bytes <= 0 || bytes > Integer.MAX_VALUE || bytes % unit != 0) {
      throw new MirageException(
          "%s: size '%s'; expected a multiple of %dK, such as 64K, 0x10000 or 1M"
              .formatted(place, text, unit >> 10));
    }
    return (int) bytes;
  }
}
