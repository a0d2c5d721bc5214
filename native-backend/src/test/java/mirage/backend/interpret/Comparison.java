// SPDX-License-Identifier: Apache-2.0
package mirage.backend.interpret;

/** The order of OCaml's values by their structure. No test program compares what is not a number. */
record Comparison(Memory memory, int int64) {
  int of(int a, int b) {
    if (a == b) {
      return 0;
    }
    if ((a & 1) != 0 || (b & 1) != 0) {
      boolean both = (a & b & 1) != 0;
      return both ? Integer.compare(a, b) : (a & 1) != 0 ? -1 : 1;
    }
    int tag = memory.tag(a);
    if (tag != memory.tag(b)) {
      return Integer.compare(tag, memory.tag(b));
    }
    return switch (tag) {
      case Memory.STRING_TAG -> memory.text(a).compareTo(memory.text(b));
      case Memory.DOUBLE_TAG -> Double.compare(memory.real(a), memory.real(b));
      case Memory.CUSTOM_TAG ->
          memory.field(a, 0) == int64
              ? Long.compare(memory.loadLong(a + 4), memory.loadLong(b + 4))
              : Integer.compare(memory.field(a, 1), memory.field(b, 1));
      default -> fields(a, b);
    };
  }

  private int fields(int a, int b) {
    if (memory.words(a) != memory.words(b)) {
      return Integer.compare(memory.words(a), memory.words(b));
    }
    for (int i = 0; i < memory.words(a); i++) {
      int order = of(memory.field(a, i), memory.field(b, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
