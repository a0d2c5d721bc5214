// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.upstream;

import java.util.List;
import java.util.Optional;

/** Where two outputs part. */
final class Difference {
  private Difference() {}

  /** The first lines that differ; empty when none does. There has to be something to compare. */
  static Optional<String> of(List<String> expected, List<String> actual) {
    if (expected.isEmpty()) {
      return Optional.of("nothing is expected");
    }
    for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
      if (i >= expected.size() || i >= actual.size() || !expected.get(i).equals(actual.get(i))) {
        return Optional.of(
            "line %d:%nexpected: %s%nbut was:  %s"
                .formatted(i + 1, from(expected, i), from(actual, i)));
      }
    }
    return Optional.empty();
  }

  private static String from(List<String> lines, int first) {
    return String.join(
        "\n          ",
        lines.subList(Math.min(first, lines.size()), Math.min(first + 4, lines.size())));
  }
}
