// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import mirage.device.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver of the chip's radio, by a program in C ({@code c/wifi.c}) that hears the simulated access point. */
class WifiTest {
  @TempDir static Path folder;

  @Test
  void aListOfBuffersThatHasEndedGoesOn() throws IOException {
    CProgram program = CProgram.compile(Target.ESP32, "wifi", folder);

    CProgram.Result result = program.run("", "", Map.of());

    assertThat(result.output())
        .isEqualTo("start 0\nheard 5\nkept 8\nheard 20\nmissed 1\ndamaged 0\n");
    assertThat(result.status()).as(result.errors()).isZero();
  }
}
