// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import mirage.xtensa.Opcode;
import org.junit.jupiter.api.Test;

class AssemblyTest {
  private final Assembly out = new Assembly();

  /** ADDI to 127, ADDMI and ADDI to 32,639, else the number in a register. */
  @Test
  void anyNumberCanBeAdded() {
    out.add(2, 3, 0, 10);
    out.add(2, 2, 0, 10);
    out.add(2, 3, 127, 10);
    out.add(2, 3, 128, 10);
    out.add(2, 3, -129, 10);
    out.add(2, 3, 512, 10);
    out.add(2, 3, 32_639, 10);
    out.add(2, 3, 32_640, 10);
    out.add(2, 3, -32_897, 10);
    assertText(
        """
        mov a2, a3
        addi a2, a3, 127
        addmi a2, a3, 256
        addi a2, a2, -128
        addmi a2, a3, -256
        addi a2, a2, 127
        addmi a2, a3, 512
        addmi a2, a3, 32512
        addi a2, a2, 127
        movi a10, 0x7f80
        add a2, a3, a10
        movi a10, 0xffff7f7f
        add a2, a3, a10
        """);
  }

  @Test
  void whatIsTooFarAwayHasItsAddressMadeFirst() {
    out.access(Opcode.L32I, 2, 1, 1020, 10);
    out.access(Opcode.S32I, 2, 1, 1024, 10);
    out.access(Opcode.L8UI, 2, 3, 256, 10);
    assertText(
        """
        l32i a2, a1, 1020
        addmi a10, a1, 1024
        s32i a2, a10, 0
        addmi a10, a3, 256
        l8ui a2, a10, 0
        """);
  }

  @Test
  void shiftsByMoreThanFifteenTakeTheUpperBits() {
    out.shiftRight(2, 3, 15);
    out.shiftRight(2, 3, 16);
    assertText("srli a2, a3, 15\nextui a2, a3, 16, 16\n");
  }

  /** The assembler for this target knows no QUOS and no loops. */
  @Test
  void whatTheAssemblerDoesNotKnowIsWrittenAsBytes() {
    out.add(Opcode.QUOS, 3, 4, 5);
    assertText(".byte 0x50, 0x34, 0xd2 /* quos */\n");
  }

  @Test
  void bytesStandInLinesOfThirtyTwo() {
    byte[] content = new byte[33];
    content[1] = -1;
    content[31] = 7;
    content[32] = 9;
    out.bytes(content);
    assertText(".byte 0,255" + ",0".repeat(29) + ",7\n.byte 9\n");
    out.bytes(new byte[0]);
    assertThat(out.lines()).isEqualTo(2);
  }

  /** A branch may become one around a jump: what follows it is a target then. */
  @Test
  void whatFollowsALabelOrABranchIsATarget() {
    out.add(Opcode.BEQZ, ".L0", 2);
    assertThat(out.isTarget()).isTrue();
    out.add(Opcode.J, ".L0");
    assertThat(out.isTarget()).isFalse();
    out.label(".L0");
    assertThat(out.isTarget()).isTrue();
    out.line("nop");
    assertThat(out.isTarget()).isFalse();
  }

  @Test
  void operandsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> out.add(Opcode.ADDI, 2, 3, 128))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("operand 3 of addi is 128");
  }

  private void assertText(String expected) {
    assertThat(out.toString().replace("\t", "")).isEqualTo(expected);
  }
}
