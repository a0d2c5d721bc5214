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

/**
 * What the chip computes is what the host's processor and C library compute. {@code -Dnumbers=1000000} tries so many operands of each
 * operation.
 */
class ArithmeticTest {
  private static final long COUNT = Long.getLong("numbers", 8000);

  /** Of virtual time, for each thousand operands: far more than they take. */
  private static final double SECONDS = 10;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"arithmetic", "format", "memory"})
  void theChipAgreesWithTheHost(String program) throws IOException {
    CProgram.Result host = run(Target.UNIX, program);
    CProgram.Result chip = run(Target.ESP32, program);

    assertThat(host.output().lines().count()).isGreaterThan(30);
    assertThat(chip.output()).isEqualTo(host.output());
    assertThat(chip.status()).as(chip.errors()).isZero();
  }

  private CProgram.Result run(Target target, String program) throws IOException {
    double seconds = Math.max(60, COUNT / 1000 * SECONDS);
    return CProgram.compile(target, program, folder)
        .run(Long.toString(COUNT), "", Map.of(), seconds);
  }
}
