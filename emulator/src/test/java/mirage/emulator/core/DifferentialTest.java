// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random programs leave the same registers and memory on our core and on QEMU's.
 *
 * <p>{@code -Ddifferential.programs=N} runs N programs instead of a few; {@code -Dqemu.binary},
 * {@code -Dqemu.cpu} and {@code -Dqemu.base} choose another QEMU and core.
 */
class DifferentialTest {
  private static final int FRAGMENTS = 100;
  private static final int LENGTH = 30;
  private static final long MAX_INSTRUCTIONS = 10_000_000;
  private static final int PROGRAMS = Integer.getInteger("differential.programs", 2);

  @TempDir Path directory;

  @Test
  void coreWithFloats() throws Exception {
    compare(QemuCore.chosen());
  }

  @Test
  void coreWithoutFloats() throws Exception {
    compare(QemuCore.DC233C);
  }

  private void compare(QemuCore core) throws Exception {
    assumeTrue(core.isInstalled(), core.binary() + " is not installed");
    for (long seed = 1; seed <= PROGRAMS; seed++) {
      byte[] program = new RandomProgram(seed, core).build(FRAGMENTS, LENGTH);
      byte[] theirs = core.run(directory, program);
      byte[] interpreted = new OwnCore(program, core.base()).run(MAX_INSTRUCTIONS);
      int data = program.length - FRAGMENTS * RandomProgram.BLOCK;
      byte[] translated = new OwnCore(program, core.base()).runTranslated(MAX_INSTRUCTIONS, data);
      assertThat(theirs)
          .as("seed %d: QEMU's output", seed)
          .hasSize(FRAGMENTS * RandomProgram.BLOCK);
      assertThat(differences(interpreted, theirs))
          .as("core %s, seed %d, interpreted", core.cpu(), seed)
          .isEmpty();
      assertThat(differences(translated, theirs))
          .as("core %s, seed %d, translated", core.cpu(), seed)
          .isEmpty();
    }
  }

  private static List<String> differences(byte[] ours, byte[] theirs) {
    ByteBuffer a = ByteBuffer.wrap(ours).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer b = ByteBuffer.wrap(theirs).order(ByteOrder.LITTLE_ENDIAN);
    List<String> found = new ArrayList<>();
    for (int at = 0; at < theirs.length && found.size() < 20; at += 4) {
      if (a.getInt(at) != b.getInt(at)) {
        found.add(
            String.format(
                "fragment %d, offset %d: ours %08x, QEMU's %08x",
                at / RandomProgram.BLOCK, at % RandomProgram.BLOCK, a.getInt(at), b.getInt(at)));
      }
    }
    return found;
  }
}
