// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * C primitives of which it is known that they make no blocks of variants but with tag 0.
 *
 * @param names whole
 * @param prefixes of further names
 */
record PlainPrimitives(Set<String> names, List<String> prefixes) {
  private static final String LIST = "plain-primitives.txt";

  /** Those of {@code plain-primitives.txt}. */
  static PlainPrimitives read() {
    try (InputStream in = PlainPrimitives.class.getResourceAsStream(LIST)) {
      List<String> lines =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .toList();
      return new PlainPrimitives(
          new HashSet<>(lines),
          lines.stream()
              .filter(line -> line.endsWith("*"))
              .map(line -> line.substring(0, line.length() - 1))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean contains(String name) {
    return names.contains(name) || prefixes.stream().anyMatch(name::startsWith);
  }
}
