// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.chip;

import java.util.Map;

/** How much memory the board has that a program is made for. */
public enum BoardMemory {
  /** What the chip has. */
  CHIP,
  /** 240 MB for the heap, which no chip has: what was made for hosts runs there. */
  LARGE;

  /** Where the chip has nothing. */
  static final int START = 0x20000000;

  private static final int SIZE = 240 << 20;

  /** Bytes from {@link #START} on. */
  int more() {
    return this == LARGE ? SIZE : 0;
  }

  /** Assembly that tells the linker where the heap is; empty for where it always is. */
  String heap() {
    return this == LARGE
        ? """
          .global external_heap_start
          .set external_heap_start, 0x%X
          .global external_heap_end
          .set external_heap_end, 0x%X
          """
            .formatted(START, START + SIZE)
        : "";
  }

  /**
   * The runtime's constants that depend on it: its table of pages begins where values can be, the heap grows by 1 MB at a
   * time, the bytecode's stack up to 3 MB.
   */
  public Map<String, String> runtimeSizes() {
    return this == LARGE
        ? Map.of(
            "Values_start",
            "0x%X".formatted(START),
            "Heap_chunk_def",
            "(256 * 1024)",
            "Max_stack_def",
            "(768 * 1024)")
        : Map.of();
  }
}
