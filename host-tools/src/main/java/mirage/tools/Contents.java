// SPDX-License-Identifier: Apache-2.0
package mirage.tools;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a directory of the cache holds, listed beside it: whoever cleans a cache by the age of files, or fills
 * a disk, leaves directories without some of their files.
 *
 * @param list the file with a line for each file of the directory: its size and its name
 */
record Contents(Path list) {
  /** Lists the files of a directory. */
  void record(Path directory) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        text.append(Files.size(file)).append(' ').append(directory.relativize(file)).append('\n');
      }
    }
    Files.createDirectories(list.getParent());
    AtomicFiles.write(list, text.toString());
  }

  /** Whether a directory can be read and no file of it is gone or cut; true of one that was never listed. */
  boolean holdFor(Path directory) {
    if (!Files.isReadable(directory)) {
      return false;
    }
    try {
      List<String> lines = Files.readAllLines(list, StandardCharsets.UTF_8);
      return lines.stream().allMatch(line -> holds(directory, line));
    } catch (IOException e) {
      return true;
    }
  }

  private static boolean holds(Path directory, String line) {
    int space = line.indexOf(' ');
    Path file = directory.resolve(line.substring(space + 1));
    try {
      return Files.isReadable(file)
          && String.valueOf(Files.size(file)).equals(line.substring(0, Math.max(space, 0)));
    } catch (IOException e) {
      return false;
    }
  }
}
