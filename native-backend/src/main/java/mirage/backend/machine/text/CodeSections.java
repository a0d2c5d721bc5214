// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.text;

/**
 * Divides the code into sections, which the linker puts next to each other. The assembler places literals and relaxes
 * branches over a whole section again and again, in more than linear time; sections keep that time linear in the program.
 */
public final class CodeSections {
  /** Instructions and directives; functions are not divided. */
  private static final int LINES = 16_000;

  private final Assembly out;
  private final FrameTable table;
  private int count;
  private int end;

  public CodeSections(Assembly out, FrameTable table) {
    this.out = out;
    this.table = table;
  }

  /** To be called where a function ends and before the first: begins another section if the present one is full. */
  public void between() {
    if (out.lines() < end) {
      return;
    }
    out.line(".section .text.caml_native_code.%d, \"ax\"", count++);
    out.line(".literal_position");
    table.startSection();
    end = out.lines() + LINES;
  }
}
