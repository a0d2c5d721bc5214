// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;

import mirage.emulator.bus.AddressSpace;
import mirage.emulator.bus.Memory;
import mirage.emulator.bus.Rights;
import mirage.xtensa.Opcode;
import mirage.xtensa.SpecialRegister;
import mirage.xtensa.UserRegister;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every row of the instruction table has semantics. */
class CompletenessTest {
  private static final int CODE = 0x40080000;
  private static final int START = CODE + 0x400;
  private static final int ILLEGAL = 0;

  @ParameterizedTest
  @EnumSource(Opcode.class)
  void everyInstructionRuns(Opcode opcode) {
    Cpu cpu = cpu(opcode);
    prepare(cpu);
    cpu.run(1);
    assertThat(cpu.instructions()).isEqualTo(1);
    boolean isIllegal =
        switch (opcode) {
          case ILL, ILL_N, RFI, RFDO, RFDD, LDDR32_P, SDDR32_P -> true;
          default -> false;
        };
    assertThat(cpu.special(SpecialRegister.EXCCAUSE) == ILLEGAL)
        .as(opcode.mnemonic())
        .isEqualTo(isIllegal);
  }

  /** An operation that the interpreter or the translator lacks is named. */
  @ParameterizedTest
  @EnumSource(Opcode.class)
  void everyInstructionIsTranslated(Opcode opcode) {
    Cpu interpreted = twice(opcode, 0);
    Cpu translated = twice(opcode, 1);
    assertThat(translated.pc()).as(opcode.mnemonic()).isEqualTo(interpreted.pc());
    for (int i = 0; i < 16; i++) {
      assertThat(translated.register(i))
          .as("%s, a%d", opcode.mnemonic(), i)
          .isEqualTo(interpreted.register(i));
    }
  }

  /** Runs an instruction, then once more from the same registers; what is translated is so after the first time. */
  private static Cpu twice(Opcode opcode, int threshold) {
    Cpu cpu = cpu(opcode);
    cpu.setTranslationThreshold(threshold);
    for (int i = 0; i < 2; i++) {
      cpu.reset();
      prepare(cpu);
      cpu.run(1);
    }
    return cpu;
  }

  private static Cpu cpu(Opcode opcode) {
    AddressSpace space = new AddressSpace();
    Memory memory = new Memory("RAM", 0x4000);
    space.map(CODE, memory, Rights.DATA_AND_CODE);
    int word =
        switch (opcode) {
          case RUR -> opcode.match() | UserRegister.THREADPTR.number() << 4;
          case WUR -> opcode.match() | UserRegister.THREADPTR.number() << 8;
          default -> opcode.match();
        };
    byte[] bytes = {(byte) word, (byte) (word >>> 8), (byte) (word >>> 16)};
    memory.write(START - CODE, bytes);
    return new Cpu(new CoreConfig("core", 0, START, CODE), space);
  }

  private static void prepare(Cpu cpu) {
    cpu.setSpecial(SpecialRegister.PS, State.PS_WOE);
    cpu.setSpecial(SpecialRegister.CPENABLE, 1);
    cpu.setSpecial(SpecialRegister.EXCCAUSE, 63);
    for (int i = 0; i < 16; i++) {
      cpu.setRegister(i, 0x40081000);
    }
  }
}
