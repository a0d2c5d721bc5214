// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class CodeSectionsTest {
  private final Assembly out = new Assembly();
  private final FrameTable table = new FrameTable();
  private final CodeSections sections = new CodeSections(out, table);

  /** A section is full when it has 16,000 lines; two lines begin it. */
  @Test
  void aFunctionBehindAFullSectionBeginsAnother() {
    sections.between();
    write(15_999);
    sections.between();
    write(1);
    sections.between();
    write(1);
    sections.between();
    assertThat(out.toString().lines().filter(line -> !line.contains("nop")))
        .containsExactly(
            "\t.section .text.caml_native_code.0, \"ax\"",
            "\t.literal_position",
            "\t.section .text.caml_native_code.1, \"ax\"",
            "\t.literal_position");
    assertThat(out.lines()).isEqualTo(16_000 + 1 + 4);
  }

  /** How far apart two sections are is not known before the program is linked. */
  @Test
  void groupsOfReturnAddressesEndWithTheirSection() {
    sections.between();
    table.add("a", out.lines(), 16, 0, new BitSet(), -1);
    write(16_000);
    sections.between();
    table.add("b", out.lines(), 16, 0, new BitSet(), -1);
    table.write(out);
    assertThat(out.toString())
        .contains("\t.word a, 1, .Lframe_kinds0")
        .contains("\t.word b, 1, .Lframe_kinds1");
  }

  private void write(int lines) {
    for (int i = 0; i < lines; i++) {
      out.line("nop");
    }
  }
}
