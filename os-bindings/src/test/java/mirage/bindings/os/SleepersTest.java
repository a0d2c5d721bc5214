// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import mirage.device.testkit.HostProgram;
import mirage.tools.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The heap of sleepers against a sorted list. */
class SleepersTest {
  @Test
  void behavesLikeASortedList(@TempDir Path folder) {
    HostProgram program = Programs.compile(folder, "sleepers", "lwt", "mirage-os");
    for (String seed : new String[] {"1", "2", "3"}) {
      Command.Result result = program.run(Map.of("SEED", seed));
      assertThat(result.output()).as("seed %s: %s", seed, result.errors()).isEqualTo("same\n");
    }
  }
}
