// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.bus;

import java.util.ArrayList;
import java.util.List;

/**
 * {@value #SIZE} bytes of a storage, and where they are mapped. Remembers which of its {@value
 * #LINES} lines hold decoded code, so that stores to the others stay cheap.
 */
final class Page {
  static final int SHIFT = 12;
  static final int SIZE = 1 << SHIFT;
  private static final int LINE_SHIFT = 6;

  private final Storage storage;

  /** Place of its first byte in the storage. */
  final int place;

  private final List<Mapping> mappings = new ArrayList<>();
  private long codeLines;

  Page(Storage storage, int place) {
    this.storage = storage;
    this.place = place;
  }

  Storage storage() {
    return storage;
  }

  int get8(int offset) {
    return storage.get8(place + offset);
  }

  /** Changes a byte, whatever has been decoded from it: {@link #changing} comes first. */
  void put8(int offset, int value) {
    storage.put8(place + offset, value);
  }

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
