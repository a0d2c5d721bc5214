// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** The table's words as native.c reads them. */
class FrameTableTest {
  private final FrameTable table = new FrameTable();

  @Test
  void aRegisterHasABitOfItsOwn() {
    int[] registers = {2, 3, 4, 5, 6, 7, 8, 9, 12, 13};
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < registers.length; i++) {
      add(i, 16, 1 << registers[i]);
      expected.append("\t.word 0x%x\n".formatted(1 << 27 | 1 << 17 + i));
    }
    assertThat(kinds(0)).isEqualTo(expected.toString());
  }

  @Test
  void wordsOfTheFrameAreBitsFromItsStart() {
    add(0, 64, 0, 0, 16);
    assertThat(kinds(0)).isEqualTo("\t.word 0x%x\n".formatted(4 << 27 | 1 << 16 | 1));
  }

  @Test
  void aLargeFrameIsDescribedElsewhere() {
    add(0, 256, 1 << 13, 17, 40);
    assertThat(kinds(0)).isEqualTo("\t.word 0x%x\n".formatted(31 << 27));
    assertThat(between(text(), "caml_native_large_frames:\n", ".Lframe_offsets0:"))
        .isEqualTo("\t.word 0x40\n\t.word 0x200\n\t.word 0x20000\n\t.word 0x100\n");
  }

  @Test
  void equalFramesShareTheirDescription() {
    add(0, 16, 4);
    add(1, 16, 8);
    add(2, 16, 4);
    assertThat(text()).contains(".Lframe_numbers0:\n\t.byte 0\n\t.byte 1\n\t.byte 0\n");
  }

  /** Two bytes tell how far a return address is from its group's first. */
  @Test
  void aGroupEndsWhereTheDistanceMayBeTooLong() {
    add(0, 16, 0);
    add(5461, 16, 0);
    add(5462, 16, 0);
    assertThat(text())
        .contains(".word here0, 2, .Lframe_kinds0")
        .contains(".word here5462, 1, .Lframe_kinds1");
  }

  private void add(int position, int bytes, int registers, int... slots) {
    BitSet words = new BitSet();
    for (int slot : slots) {
      words.set(slot);
    }
    table.add("here" + position, position, bytes, registers, words, -1);
  }

  private String kinds(int group) {
    return between(text(), ".Lframe_kinds" + group + ":\n", "\t.global caml_native_large_frames\n");
  }

  private static String between(String text, String first, String last) {
    int begin = text.indexOf(first) + first.length();
    return text.substring(begin, text.indexOf(last, begin));
  }

  private String text() {
    Assembly out = new Assembly();
    table.write(out);
    return out.toString();
  }
}
