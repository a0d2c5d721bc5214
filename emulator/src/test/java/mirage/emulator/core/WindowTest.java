// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import mirage.xtensa.Assembler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windowed calls, with the handlers every operating system has for overflow and underflow. */
class WindowTest {
  private static final long MAX_INSTRUCTIONS = 1_000_000;
  private static final int BASE = QemuCore.DC233C.base();

  @Test
  void deepRecursionComputesWhatItShould() throws IOException {
    ByteBuffer output =
        ByteBuffer.wrap(new OwnCore(program(BASE), BASE).run(MAX_INSTRUCTIONS))
            .order(ByteOrder.LITTLE_ENDIAN);
    assertThat(output.getInt()).as("fib 14").isEqualTo(377);
    assertThat(output.getInt()).as("1 + ... + 30").isEqualTo(465);
    assertThat(output.getInt()).as("1 + ... + 25").isEqualTo(325);
    assertThat(output.getInt()).as("WINDOWBASE").isZero();
    assertThat(output.getInt()).as("WINDOWSTART").isEqualTo(1);
  }

  @Test
  void qemuComputesTheSame(@TempDir Path directory) throws Exception {
    QemuCore core = QemuCore.chosen();
    assumeTrue(core.isInstalled(), core.binary() + " is not installed");
    byte[] program = program(core.base());
    assertThat(core.run(directory, program))
        .isEqualTo(new OwnCore(program, core.base()).run(MAX_INSTRUCTIONS));
  }

  private static byte[] program(int base) throws IOException {
    try (InputStream in = WindowTest.class.getResourceAsStream("/programs/windows.s")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Assembler.assemble(text, base).bytes();
    }
  }
}
