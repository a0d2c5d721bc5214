// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import mirage.formats.Elf32;
import mirage.xtensa.Assembler;
import org.junit.jupiter.api.Test;

class CodeFinderTest {
  private static final int START = 0x400D0000;
  private static final int SECOND = START + 8;

  /** Padding and the literal 0x400da2dc together are the bytes of a high product. */
  @Test
  void aLiteralBehindACallThatNeverReturnsIsNoCode() {
    ByteBuffer code = ByteBuffer.allocate(32);
    code.put(assembled("call0 there", START)).put((byte) 0);
    code.put(new byte[] {(byte) 0xdc, (byte) 0xa2, 0x0d, 0x40});
    code.put(assembled("l32r a12, literal\nmuluh a2, a3, a4\nret", SECOND));
    Elf32 program =
        new Elf32(
            Elf32.EXECUTABLE,
            Elf32.EM_XTENSA,
            START,
            Elf32.XTENSA_FLAGS,
            List.of(),
            List.of(
                new Elf32.Segment(Elf32.PT_LOAD, START, START, code.capacity(), 5, code.array())),
            List.of(function("first", START), function("second", SECOND)));
    assertThat(new CodeFinder(program).highProducts().keySet()).containsExactly(SECOND + 3);
  }

  private static byte[] assembled(String text, int at) {
    String names = ".set there, %d\n.set literal, %d\n".formatted(START, START + 4);
    return Assembler.assemble(names + text, at).bytes();
  }

  private static Elf32.Symbol function(String name, int at) {
    return new Elf32.Symbol(name, Elf32.Binding.GLOBAL, Elf32.Kind.FUNCTION, 0, at, 0);
  }
}
