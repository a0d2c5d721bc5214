// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.program;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a program reads and changes: a reference, an array, bytes and the like.
 *
 * @param name in the program
 * @param value what it begins as
 * @param first the lowest index
 * @param extents how many indices there are in each dimension; empty for what has none
 * @param accesses the ways to read and change an element, at least one; the first reaches all elements
 */
record Place(String name, String value, int first, List<Integer> extents, List<Access> accesses) {

  /**
   * A way to read and to change an element.
   *
   * @param type of what is read and written
   * @param load an expression with one {@code %s} for each index
   * @param store the same that changes it, the last {@code %s} the new value; empty if it cannot be changed
   */
  record Access(Type type, String load, String store) {}

  String load(Access access, List<String> indices) {
    return access.load().formatted(indices.toArray());
  }

  String store(Access access, List<String> indices, String value) {
    List<String> parts = new ArrayList<>(indices);
    parts.add(value);
    return access.store().formatted(parts.toArray());
  }

  boolean writable() {
    return accesses.stream().anyMatch(access -> !access.store().isEmpty());
  }

  /** An expression for all that it holds: a string. */
  String summary(Declarations declarations) {
    List<String> indices =
        IntStream.range(0, extents.size()).mapToObj(dimension -> "k" + dimension).toList();
    Access all = accesses.get(0);
    String text = declarations.printer(all.type()) + " " + load(all, indices);
    for (int dimension = extents.size() - 1; dimension >= 0; dimension--) {
      text = "over %d %d (fun k%d -> %s)".formatted(first, extents.get(dimension), dimension, text);
    }
    return text;
  }
}
