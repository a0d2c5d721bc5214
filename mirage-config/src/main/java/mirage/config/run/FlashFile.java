// SPDX-License-Identifier: Apache-2.0
package mirage.config.run;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mirage.formats.BootArguments;
import mirage.formats.FlashImage;
import mirage.formats.FormatException;
import mirage.formats.PartitionTable.Partition;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;

/**
 * The file in which {@code mirage run --flash} keeps the content of the flash chip. As with a board that is
 * flashed again, the program, its tables, its boot arguments and its read-only data are always those of the
 * image; only what programs write to stays.
 */
final class FlashFile {
  private FlashFile() {}

  /**
   * Makes the file, or brings it up to date with an image.
   *
   * @param err is told when the program in an existing file was another one
   * @throws MirageException when the file is damaged, is the image itself or has no folder, or the image has no room
   *     for data in it
   */
  static void prepare(Path file, Path image, List<String> boot, PrintStream err)
      throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new MirageException("--flash %s: no folder %s; make it first".formatted(file, folder));
    }
    FlashImage wanted = Runner.withArguments(image, boot);
    if (!Files.exists(file)) {
      AtomicFiles.write(file, wanted.write());
      return;
    }
    if (Files.isSameFile(file, image)) {
      throw new MirageException(
          "--flash %s: that is the image to run, which the next build replaces; name another file to keep data in"
              .formatted(file));
    }
    FlashImage old = read(file);
    Map<String, byte[]> contents = new LinkedHashMap<>(wanted.contents());
    for (Partition partition : old.table().partitions()) {
      Optional<Partition> place = wanted.table().find(partition.label());
      if (isWritten(partition) && place.filter(FlashFile::isWritten).isPresent()) {
        byte[] data = old.contents().getOrDefault(partition.label(), new byte[0]);
        if (data.length > place.get().size()) {
          throw new MirageException(
              "%s: its partition '%s' has %d bytes, that of %s %d; delete the file to begin anew"
                  .formatted(file, partition.label(), data.length, image, place.get().size()));
        }
        contents.put(partition.label(), data);
      }
    }
    if (!Arrays.equals(application(old), application(wanted))) {
      err.println("mirage: " + file + ": the program is replaced, data stays");
    }
    AtomicFiles.update(file, new FlashImage(wanted.loader(), wanted.table(), contents).write());
  }

  private static FlashImage read(Path file) {
    try {
      return FlashImage.read(file.toString(), AtomicFiles.read(file));
    } catch (FormatException e) {
      throw new MirageException(
          "%s: not the content of a flash chip as --flash keeps it, or damaged; delete it to begin anew\n%s"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static boolean isWritten(Partition partition) {
    return partition.type() == Partition.DATA
        && (partition.flags() & Partition.READ_ONLY) == 0
        && !partition.label().equals(BootArguments.PARTITION);
  }

  private static byte[] application(FlashImage image) {
    byte[] content = image.contents().get(image.table().application().orElseThrow().label());
    int end = content.length;
    while (end > 0 && content[end - 1] == FlashImage.ERASED) {
      end--;
    }
    return Arrays.copyOf(content, end);
  }
}
