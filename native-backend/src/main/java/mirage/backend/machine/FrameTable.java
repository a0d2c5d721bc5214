// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * For each return address at which the collector may run: how large the frame is, and which of its words and
 * which registers hold values. In order of address; it stays in flash.
 *
 * <pre>
 * return address                       4 bytes
 * words of the frame                   2 bytes
 * registers a2-a13, a bit each         2 bytes
 * words of the frame, a bit each       4 bytes; address of the bits if there are more than 32 words
 * </pre>
 */
final class FrameTable {
  private record Entry(String label, int words, int registers, BitSet slots) {}

  private final List<Entry> entries = new ArrayList<>();

  void add(String label, int frameBytes, int registers, BitSet slots) {
    entries.add(new Entry(label, frameBytes / 4, registers, slots));
  }

  void write(Assembly out) {
    out.line(".section .rodata.caml_native_frames, \"a\"");
    out.line(".align 4");
    out.line(".global caml_native_frames");
    out.label("caml_native_frames");
    List<String> large = new ArrayList<>();
    for (Entry entry : entries) {
      out.line(".word %s", entry.label());
      out.line(".short %d, %d", entry.words(), entry.registers());
      if (entry.words() <= 32) {
        out.line(".word 0x%x", word(entry.slots(), 0));
      } else {
        String label = out.newLabel();
        large.add(label);
        out.line(".word %s", label);
      }
    }
    out.line(".global caml_native_frames_end");
    out.label("caml_native_frames_end");
    int next = 0;
    for (Entry entry : entries) {
      if (entry.words() > 32) {
        out.label(large.get(next++));
        for (int i = 0; i * 32 < entry.words(); i++) {
          out.line(".word 0x%x", word(entry.slots(), i));
        }
      }
    }
  }

  private static int word(BitSet bits, int index) {
    int word = 0;
    for (int i = 0; i < 32; i++) {
      word |= bits.get(32 * index + i) ? 1 << i : 0;
    }
    return word;
  }
}
