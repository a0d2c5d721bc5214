// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mirage.device.Target;
import mirage.emulator.Esp32;
import mirage.emulator.Outcome;
import mirage.emulator.clock.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The second-stage loader says what is wrong with the flash's content, and stops. */
class LoaderTest {
  private static final int TABLE = 0x8000;
  private static final int APPLICATION = 0x10000;
  private static final int FIRST_SEGMENT = APPLICATION + 24;

  @TempDir static Path folder;

  static Stream<Arguments> damages() {
    return Stream.of(
        damage("the application's checksum is wrong", flash -> flip(flash, FIRST_SEGMENT + 100)),
        damage("no application image in flash", flash -> flash.put(APPLICATION, (byte) 0xFF)),
        damage("too many segments", flash -> flash.put(APPLICATION + 1, (byte) 17)),
        damage("reaches beyond flash", flash -> flash.putInt(FIRST_SEGMENT + 4, 0x400000)),
        damage("reaches beyond flash", flash -> flash.putInt(FIRST_SEGMENT + 4, 3)),
        damage("outside RAM and flash", flash -> flash.putInt(FIRST_SEGMENT, 0x50000000)),
        // Where the boot ROM's stack is, on which the loader runs.
        damage("outside RAM and flash", flash -> flash.putInt(FIRST_SEGMENT, 0x3FFE0000)),
        damage("not aligned to its pages", flash -> flash.putInt(FIRST_SEGMENT, 0x3F400000)),
        damage("no application image in flash", flash -> flash.putInt(TABLE + 32 + 4, 0x20000)));
  }

  private static Arguments damage(String message, Consumer<ByteBuffer> change) {
    return Arguments.of(message, change);
  }

  private static void flip(ByteBuffer flash, int offset) {
    flash.put(offset, (byte) (flash.get(offset) ^ 1));
  }

  @ParameterizedTest
  @MethodSource("damages")
  void aDamagedImageIsNamedAndNotStarted(String message, Consumer<ByteBuffer> change)
      throws IOException {
    byte[] flash = CProgram.compile(Target.ESP32, "board", folder).image("", Map.of());
    change.accept(ByteBuffer.wrap(flash).order(ByteOrder.LITTLE_ENDIAN));
    StringBuilder console = new StringBuilder();
    Esp32 chip =
        Esp32.builder().flash(flash).console(value -> console.append((char) value)).build();

    chip.boot();
    Outcome outcome = chip.run(Clock.TICKS_PER_SECOND);

    assertThat(console.toString()).startsWith("\nloader: ").contains(message).endsWith("\n");
    assertThat(console.toString().lines()).hasSize(2);
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.HALTED);
    assertThat(outcome.status()).isEqualTo(1);
  }

  @Test
  void withoutAnEntryTheApplicationIsLookedForAtItsUsualPlace() throws IOException {
    byte[] flash = CProgram.compile(Target.ESP32, "board", folder).image("", Map.of());
    Arrays.fill(flash, TABLE, TABLE + 32, (byte) 0xFF);
    StringBuilder console = new StringBuilder();
    Esp32 chip =
        Esp32.builder().flash(flash).console(value -> console.append((char) value)).build();

    chip.boot();
    chip.run(Clock.TICKS_PER_SECOND);

    assertThat(console.toString()).contains("find missing -1").doesNotContain("loader");
  }
}
