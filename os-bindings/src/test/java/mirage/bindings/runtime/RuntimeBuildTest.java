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

  /**
   * Both boards must define exactly what the headers of the boundary declare, or one target links and one does not; sockets
   * are the host's alone.
   */
  @Test
  void bothBoardsHaveTheWholeBoundary() {
    RuntimeBuild host = RuntimeBuild.of(Target.UNIX, BuildCache.user());
    Set<String> chip = defined("xtensa-lx106-elf-nm", CHIP, "board_");
    chip.remove("board_start");
    Set<String> board = defined("nm", host, "board_");
    Set<String> sockets = defined("nm", host, "board_socket_");
    assertThat(sockets).isNotEmpty();
    board.removeAll(sockets);
    assertThat(board).isEqualTo(chip).hasSize(39);
    assertThat(defined("nm", host, "mirage_"))
        .isEqualTo(removed(defined("xtensa-lx106-elf-nm", CHIP, "mirage_"), "mirage_program"))
        .hasSize(15);
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
