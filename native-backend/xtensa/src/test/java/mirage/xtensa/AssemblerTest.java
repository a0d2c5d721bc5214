// SPDX-License-Identifier: Apache-2.0
package mirage.xtensa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Labels, directives and messages of the text assembler. */
class AssemblerTest {
  private static final int BASE = 0x40080000;

  @Test
  void labelsMayBeUsedBeforeTheyAreDefined() {
    Assembler.Result result =
        Assembler.assemble(
            """
            .literal big, 0x12345678
            start:  l32r a2, big      # a comment
            1:      addi.n a2, a2, -1; bnez a2, 1b
                    beqz a2, end
                    j 1f
            1:      nop
            end:    ret
            """,
            BASE);
    assertThat(result.symbols()).containsEntry("start", BASE + 4).containsEntry("end", BASE + 21);
    assertThat(result.bytes())
        .startsWith(0x78, 0x56, 0x34, 0x12, 0x21, 0xff, 0xff, 0x0b, 0x22, 0x56, 0xa2, 0xff);
    assertThat(disassembly(result.bytes(), 12)).isEqualTo("beqz\ta2, 0x40080015");
    assertThat(disassembly(result.bytes(), 15)).isEqualTo("j\t0x40080012");
  }

  @Test
  void directivesPlaceData() {
    Assembler.Result result =
        Assembler.assemble(
            """
            .set three, 3
            .byte 1, 2, three
            .align 4
            .short 0xffff
            .word here + 4, -1
            here: .asciz "a;#\\n"
            """,
            BASE);
    assertThat(result.bytes())
        .containsExactly(
            1, 2, 3, 0, 0xff, 0xff, 0x12, 0, 8, 0x40, 0xff, 0xff, 0xff, 0xff, 'a', ';', '#', '\n',
            0);
  }

  @Test
  void messagesNameLineValueAndWhatIsAllowed() {
    assertThatThrownBy(() -> Assembler.assemble("nop\n addi a2, a3, 200", BASE))
        .isInstanceOf(EncodingException.class)
        .hasMessage("line 2: addi at 0x40080003: operand 3 is 200, allowed is -128 to 127");
    assertThatThrownBy(() -> Assembler.assemble("l32i a2, a3, 6", BASE))
        .hasMessageContaining("operand 3 is 6, allowed is 0 to 1020 in steps of 4");
    assertThatThrownBy(() -> Assembler.assemble("beqi a2, 9, .", BASE))
        .hasMessageContaining("operand 2 is 9, allowed is one of -1 1 2 3 4 5 6 7 8 10");
    assertThatThrownBy(() -> Assembler.assemble("far: .space 300\n beq a2, a3, far", BASE))
        .hasMessageContaining("allowed is 0x4008012c plus -124 to 131 (label far)");
    assertThatThrownBy(() -> Assembler.assemble("j nowhere", BASE))
        .hasMessage("label nowhere is used but not defined");
    assertThatThrownBy(() -> Assembler.assemble("frob a2", BASE))
        .hasMessage("line 1: unknown instruction frob");
    assertThatThrownBy(() -> Assembler.assemble("add a2, a3", BASE))
        .hasMessage("line 1: add: 2 operands given, 3 needed");
    assertThatThrownBy(() -> Assembler.assemble("add a2, a3, f4", BASE))
        .hasMessage("line 1: a register a0-a15 is needed, found f4");
    assertThatThrownBy(() -> Assembler.assemble("x: nop\nx: nop", BASE))
        .hasMessage("line 2: label x is defined twice, first at 0x40080000");
  }

  private static String disassembly(byte[] bytes, int offset) {
    int word =
        bytes[offset] & 0xff | (bytes[offset + 1] & 0xff) << 8 | (bytes[offset + 2] & 0xff) << 16;
    return Disassembler.text(word, BASE + offset);
  }
}
