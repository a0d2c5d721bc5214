// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import mirage.xtensa.Assembler;
import org.junit.jupiter.api.Test;

/** A ROM that the user gives: its functions are called, and find its variables and constants. */
class RomImageTest {
  private static final int FUNCTION = 0x4100;

  private static final String CALLER =
      """
      .literal ROM, 0x40004100
      start: call0 guards_off
        l32r a5, ROM
        callx0 a5
        j halt
      """;

  /** A variable that is 40, one that is 0, and a constant of 2 seen as data; the function adds them. */
  private static ByteBuffer rom() {
    ByteBuffer rom = ByteBuffer.allocate(MemoryMap.ROM_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    rom.putInt(0x424, 0x40001000).putInt(0x428, 0x40001010);
    rom.putInt(0x1000, 0x3FFAE0C0).putInt(0x1004, 0x3FFAE0C4).putInt(0x1008, 0x40002000);
    rom.putInt(0x2000, 40);
    rom.putInt(0x568, 0x40001100).putInt(0x56C, 0x4000110C);
    rom.putInt(0x1100, 0x3FFAE0C4).putInt(0x1104, 0x3FFAE0C8);
    rom.putInt(0x60010, 2);
    String function =
        """
        .literal VARIABLES, 0x3ffae0c0
        .literal CONSTANTS, 0x3ff90000
          l32r a2, VARIABLES
          l32i a3, a2, 4
          l32i a2, a2, 0
          add a2, a2, a3
          l32r a3, CONSTANTS
          l8ui a3, a3, 0x10
          add a2, a2, a3
          ret
        """;
    // The literals come before the code.
    rom.position(FUNCTION - 8);
    rom.put(Assembler.assemble(function, MemoryMap.ROM_CODE + FUNCTION - 8).bytes());
    return rom;
  }

  private static Outcome run(ByteBuffer rom) {
    Esp32 chip = new TestImage(CALLER).builder().rom(rom.array()).build();
    chip.boot();
    return chip.run(TestImage.ticks(1));
  }

  @Test
  void aFunctionFindsItsVariables() {
    assertThat(run(rom())).isEqualTo(new Outcome(Outcome.Kind.HALTED, 42, ""));
  }

  @Test
  void anotherFileIsRefused() {
    assertThatThrownBy(() -> run(rom().putInt(0x1004, 0x10000000)))
        .isInstanceOf(EmulatorException.class)
        .hasMessage("the ROM's content is not that of an ESP32");
    assertThatThrownBy(() -> run(rom().putInt(0x1000, 0x10000000).putInt(0x1004, 0x10000004)))
        .hasMessage("the ROM's content is not that of an ESP32");
    assertThatThrownBy(() -> run(ByteBuffer.allocate(16)))
        .hasMessage("the ROM's content is not that of an ESP32");
    assertThatThrownBy(() -> run(ByteBuffer.allocate(MemoryMap.ROM_SIZE + 1)))
        .hasMessage("a ROM of 458753 bytes; the chip's has 458752");
  }
}
