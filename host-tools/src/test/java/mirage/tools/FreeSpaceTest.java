// SPDX-License-Identifier: Apache-2.0
package mirage.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeSpaceTest {
  private final MirageException failure = new MirageException("cannot write");

  @Test
  void aPlaceWithRoomIsNotToBlame(@TempDir Path folder) {
    assertThat(FreeSpace.explained(folder, failure, "")).isSameAs(failure);
    assertThat(FreeSpace.explained(folder.resolve("none"), failure, "")).isSameAs(failure);
  }

  @Test
  void aPlaceThatWasFullIsNamed(@TempDir Path folder) {
    MirageException full = new MirageException("Error: I/O error: No space left on device");
    assertThat(FreeSpace.explained(folder, full, "try another"))
        .hasMessageMatching(
            "(?s)%s: no space left \\(\\d+ bytes free\\); try another\n%s"
                .formatted(folder, full.getMessage()));
  }

  @Test
  void aFullPlaceIsNamed() {
    Path full = Path.of("/proc/self");
    assumeTrue(Files.isDirectory(full), "no file system without any room");
    assertThat(FreeSpace.explained(full, failure, "try another"))
        .hasMessage(full + ": no space left (0 bytes free); try another\ncannot write")
        .hasCause(failure);
  }
}
