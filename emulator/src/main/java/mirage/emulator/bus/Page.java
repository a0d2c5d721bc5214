// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.bus;

import java.util.ArrayList;
import java.util.List;

/**
 * {@value #SIZE} bytes of memory, and where they are mapped. Remembers which of its {@value
 * #LINES} lines hold decoded code, so that stores to the others stay cheap.
 */
final class Page {
  static final int SHIFT = 12;
  static final int SIZE = 1 << SHIFT;
  private static final int LINES = 64;
  private static final int LINE_SHIFT = 6;

  final byte[] bytes = new byte[SIZE];
  private final List<Mapping> mappings = new ArrayList<>();
  private long codeLines;

  void attach(Mapping mapping) {
    mappings.add(mapping);
  }

  void detach(Mapping mapping) {
    mappings.remove(mapping);
  }

  boolean hasCode() {
    return codeLines != 0;
  }

  /** The bytes {@code first} to {@code last} have been decoded: from now on stores are watched. */
  void markCode(int first, int last) {
    boolean watched = hasCode();
    for (int line = first >>> LINE_SHIFT; line <= last >>> LINE_SHIFT; line++) {
      codeLines |= 1L << line;
    }
    if (!watched) {
      mappings.forEach(Mapping::publish);
    }
  }

  /** The bytes {@code first} to {@code last} are about to change. */
  void changing(int first, int last) {
    for (int line = first >>> LINE_SHIFT; line <= last >>> LINE_SHIFT; line++) {
      if ((codeLines >>> line & 1) != 0) {
        forget();
        return;
      }
    }
  }

  private void forget() {
    codeLines = 0;
    for (Mapping mapping : List.copyOf(mappings)) {
      mapping.publish();
      mapping.codeChanged();
    }
  }
}
