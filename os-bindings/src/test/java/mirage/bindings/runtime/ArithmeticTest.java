// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import mirage.device.Target;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chip computes is what the host's processor and C library compute. */
class ArithmeticTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"arithmetic", "format", "memory"})
  void theChipAgreesWithTheHost(String program) throws IOException {
    CProgram.Result host = CProgram.compile(Target.UNIX, program, folder).run("", "", Map.of());
    CProgram.Result chip = CProgram.compile(Target.ESP32, program, folder).run("", "", Map.of());

    assertThat(host.output().lines().count()).isGreaterThan(30);
    assertThat(chip.output()).isEqualTo(host.output());
    assertThat(chip.status()).as(chip.errors()).isZero();
  }
}
