// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import mirage.device.Target;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import org.junit.jupiter.api.Test;

class RuntimeBuildTest {
  private static final RuntimeBuild CHIP = RuntimeBuild.of(Target.ESP32, BuildCache.user());

  @Test
  void theChipGetsBoardRuntimeMathAndSupport() {
    assertThat(CHIP.archives().stream().map(Path::getFileName).map(Path::toString))
        .containsExactly("libboard.a", "libcamlrun.a", "libmath.a", "libsupport.a");
    assertThat(CHIP.loader()).exists();
  }

  /** Both boards must define exactly what board.h declares, or one target links and one does not. */
  @Test
  void bothBoardsHaveTheWholeBoundary() {
    RuntimeBuild host = RuntimeBuild.of(Target.UNIX, BuildCache.user());
    Set<String> chip = defined("xtensa-lx106-elf-nm", CHIP, "board_");
    chip.remove("board_start");
    assertThat(defined("nm", host, "board_")).isEqualTo(chip).hasSize(37);
    assertThat(defined("nm", host, "mirage_"))
        .isEqualTo(removed(defined("xtensa-lx106-elf-nm", CHIP, "mirage_"), "mirage_program"))
        .hasSize(14);
  }

  private static Set<String> removed(Set<String> names, String name) {
    names.remove(name);
    return names;
  }

  private static Set<String> defined(String nm, RuntimeBuild build, String prefix) {
    Set<String> names = new TreeSet<>();
    for (Path archive : build.archives()) {
      String table =
          Command.of(nm, "--defined-only", "--extern-only", archive.toString()).run().output();
      Arrays.stream(table.split("\\s+")).filter(it -> it.startsWith(prefix)).forEach(names::add);
    }
    return names;
  }
}
