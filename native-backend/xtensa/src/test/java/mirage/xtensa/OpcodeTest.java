// SPDX-License-Identifier: Apache-2.0
package mirage.xtensa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table is free of contradictions, and encoder and decoder are inverse to each other. */
class OpcodeTest {
  private static final int ADDRESS = 0x400d1236;

  @Test
  void noWordBelongsToTwoRows() {
    for (Opcode one : Opcode.values()) {
      for (Opcode other : Opcode.values()) {
        boolean sameLength = one.length() == other.length();
        int common = one.mask() & other.mask();
        if (one != other && sameLength) {
          assertThat((one.match() ^ other.match()) & common)
              .as("%s and %s", one, other)
              .isNotZero();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Opcode.class)
  void fixedBitsLieInsideTheMask(Opcode opcode) {
    assertThat(opcode.match() & ~opcode.mask()).isZero();
    assertThat(opcode.operands().stream().mapToInt(o -> Integer.bitCount(o.mask())).sum())
        .as("operands do not overlap")
        .isEqualTo(opcode.length() * 8 - Integer.bitCount(opcode.mask()));
  }

  @ParameterizedTest
  @EnumSource(Opcode.class)
  void wordsSurviveDecodingAndEncoding(Opcode opcode) {
    Random random = new Random(opcode.ordinal());
    for (int i = 0; i < 200; i++) {
      int word = opcode.match() | random.nextInt() & ~opcode.mask();
      word &= opcode.length() == 2 ? 0xffff : 0xffffff;
      Instruction instruction = Decoder.decode(word, ADDRESS).orElseThrow();
      assertThat(instruction.opcode()).isEqualTo(opcode);
      assertThat(Encoder.encode(instruction, ADDRESS)).isEqualTo(word);
      assertThat(Disassembler.text(instruction)).startsWith(opcode.mnemonic());
    }
  }
}
