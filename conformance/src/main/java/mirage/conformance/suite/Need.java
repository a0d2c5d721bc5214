// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.suite;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mirage.conformance.chip.BoardMemory;
import mirage.tools.MirageException;

/** What a run needs beyond the chip and its runtime as they are; lists name all but the last for a test. */
enum Need {
  /** A heap of 240 MB, and for bytecode a stack of up to 3 MB. */
  LARGE_MEMORY,
  /** Files that can be written and read again. */
  FILES,
  /** More than 800 million instructions, up to 60 billion. */
  TIME,
  /** A collection at every allocation; asked for by whoever starts the run. */
  GC_STRESS;

  /** The board for a program with these needs. */
  static BoardMemory memory(Set<Need> needs) {
    return needs.contains(LARGE_MEMORY) ? BoardMemory.LARGE : BoardMemory.CHIP;
  }

  /** How lists name it, and the module that brings it. */
  String id() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The C function that makes it ready, if it takes one. */
  Optional<String> function() {
    return switch (this) {
      case FILES -> Optional.of("conformance_files_start");
      case LARGE_MEMORY, TIME -> Optional.empty();
      case GC_STRESS -> Optional.of("conformance_gc_stress");
    };
  }

  /**
   * Reads a list: one line {@code test <TAB> need} each, needs with spaces between them, sorted by test.
   *
   * @throws MirageException naming all lines that are not so
   */
  static Map<String, Set<Need>> parse(String file, String text) {
    Map<String, Set<Need>> needs = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    // The form is that of the list of exclusions; the needs stand where the reasons do.
    Exclusions.parse(file, text)
        .reasons()
        .forEach(
            (test, words) -> {
              Set<Need> found = EnumSet.noneOf(Need.class);
              for (String word : words.split(" ")) {
                try {
                  found.add(Need.valueOf(word.toUpperCase(java.util.Locale.ROOT)));
                } catch (IllegalArgumentException e) {
                  problems.add(file + ": " + test + ": no such need: " + word);
                }
              }
              needs.put(test, found);
            });
    if (!problems.isEmpty()) {
      throw new MirageException(String.join("\n", problems));
    }
    return needs;
  }
}
