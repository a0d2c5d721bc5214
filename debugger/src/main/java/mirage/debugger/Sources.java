// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The text of source files, found in some folders by the names the compiler was told. */
final class Sources {
  private final List<Path> folders;
  private final Map<String, List<String>> read = new HashMap<>();

  Sources(List<Path> folders) {
    this.folders = folders;
  }

  /** A line, from 1; nothing if the file is not there or is shorter. */
  Optional<String> line(String file, int line) {
    List<String> lines = lines(file);
    return line >= 1 && line <= lines.size() ? Optional.of(lines.get(line - 1)) : Optional.empty();
  }

  /** All lines; none if the file is not there. */
  List<String> lines(String file) {
    return read.computeIfAbsent(file, this::find);
  }

  private List<String> find(String file) {
    for (Path folder : folders) {
      try {
        Path path = folder.resolve(file);
        if (Files.isRegularFile(path)) {
          return List.of(Files.readString(path, StandardCharsets.ISO_8859_1).split("\n", -1));
        }
      } catch (IOException | InvalidPathException e) {
        // As if it were not there: the debugger works without.
      }
    }
    return List.of();
  }
}
