// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.text;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * For each return address at which the collector may run: how large the frame is, and which of its words and
 * which registers hold values. In order of address; it stays in flash, and native.c reads it.
 *
 * <p>Return addresses lie in groups, each in one section: of at most 64 KB of code and at most 256 kinds of frames. A group has its first
 * return address, the distance of each from it (2 bytes), the number of each one's kind (1 byte), and its
 * kinds (4 bytes):
 *
 * <pre>
 * bits 0-16   words of the frame that hold values, from its start
 * bits 17-26  registers that do: a2-a9, a12, a13
 * bits 27-31  words of the frame, in units of 4; LARGE: bits 0-26 count words from
 *             caml_native_large_frames, where there are: words of the frame, registers, 32 words each
 * </pre>
 */
public final class FrameTable {
  /** Bytes of the longest instruction, before the linker shortens it, and of what may precede it to align it. */
  private static final int LONGEST = 12;

  private static final int REACH = 1 << 16;
  private static final int KINDS = 1 << 8;
  private static final int SLOTS = 17;
  private static final int LARGE = 31;

  private record Kind(int words, int registers, BitSet slots) {}

  private record Group(
      int start, List<String> labels, List<Integer> kinds, Map<Kind, Integer> all) {
    Group(int start) {
      this(start, new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>());
    }
  }

  private final List<Group> groups = new ArrayList<>();
  private boolean complete = true;
  private final List<Integer> places = new ArrayList<>();

  /**
   * Adds a return address, behind those there are.
   *
   * @param position how many instructions precede it in the program
   * @param registers by number, a bit each
   * @param slots words of the frame
   * @param place of the call in the program; -1 if it is none of the program's
   */
  public void add(
      String label, int position, int frameBytes, int registers, BitSet slots, int place) {
    places.add(place);
    Kind kind = new Kind(frameBytes / 4, registers, slots);
    Group group = complete ? null : groups.get(groups.size() - 1);
    if (group == null
        || (position - group.start()) * LONGEST >= REACH
        || group.all().size() == KINDS && !group.all().containsKey(kind)) {
      group = new Group(position);
      groups.add(group);
      complete = false;
    }
    group.labels().add(label);
    Integer number = group.all().putIfAbsent(kind, group.all().size());
    group.kinds().add(number == null ? group.all().size() - 1 : number);
  }

  /** What is added from now on is in another section: its distance from what was added before is not known yet. */
  public void startSection() {
    complete = true;
  }

  /** The place of each return address; its index is the number the run-time support knows it by. */
  public List<Integer> places() {
    return places;
  }

  public void write(Assembly out) {
    List<Integer> large = new ArrayList<>();
    out.line(".section .rodata.caml_native_frames, \"a\"");
    out.line(".align 4");
    out.line(".global caml_native_frames");
    out.label("caml_native_frames");
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      out.line(
          ".word %s, %d, .Lframe_kinds%d, .Lframe_offsets%d, .Lframe_numbers%d",
          group.labels().get(0), group.labels().size(), i, i, i);
    }
    out.line(".global caml_native_frames_end");
    out.label("caml_native_frames_end");
    for (int i = 0; i < groups.size(); i++) {
      out.label(".Lframe_kinds" + i);
      groups.get(i).all().keySet().forEach(kind -> out.line(".word 0x%x", word(kind, large)));
    }
    out.line(".global caml_native_large_frames");
    out.label("caml_native_large_frames");
    large.forEach(word -> out.line(".word 0x%x", word));
    for (int i = 0; i < groups.size(); i++) {
      String first = groups.get(i).labels().get(0);
      out.label(".Lframe_offsets" + i);
      groups.get(i).labels().forEach(label -> out.line(".short %s - %s", label, first));
    }
    for (int i = 0; i < groups.size(); i++) {
      out.label(".Lframe_numbers" + i);
      groups.get(i).kinds().forEach(number -> out.line(".byte %d", number));
    }
  }

  private static int word(Kind kind, List<Integer> large) {
    int units = kind.words() / 4;
    if (units < LARGE && kind.slots().length() <= SLOTS) {
      return units << 27 | packed(kind.registers()) << SLOTS | bits(kind.slots(), 0) & 0x1FFFF;
    }
    int index = large.size();
    large.add(kind.words());
    large.add(packed(kind.registers()));
    for (int i = 0; i * 32 < kind.words(); i++) {
      large.add(bits(kind.slots(), i));
    }
    return LARGE << 27 | index;
  }

  /** a2-a9, a12, a13 in ten bits. */
  private static int packed(int registers) {
    return registers >>> 2 & 0xFF | registers >>> 4 & 0x300;
  }

  private static int bits(BitSet bits, int index) {
    int word = 0;
    for (int i = 0; i < 32; i++) {
      word |= bits.get(32 * index + i) ? 1 << i : 0;
    }
    return word;
  }
}
