// SPDX-License-Identifier: Apache-2.0
package mirage.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
  private static final int ENOUGH = 20;

  @TempDir Path folder;

  @Test
  void isGoneWhenClosed() throws IOException {
    Path path;
    try (TemporaryFolder temporary = TemporaryFolder.of("test")) {
      path = temporary.path();
      Files.writeString(temporary.file("a"), "content");
      assertThat(path).isDirectory();
    }
    assertThat(path).doesNotExist();
  }

  /** A program that makes one after the other, in several threads, and is interrupted. */
  @Test
  void isGoneWhenTheProcessIsInterrupted() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Busy.class.getName())
            .redirectErrorStream(true)
            .start();
    try {
      assertThat(process.getInputStream().read()).isEqualTo('!');
      process.destroy();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      try (Stream<Path> left = Files.list(folder)) {
        assertThat(left.filter(path -> path.getFileName().toString().startsWith("mirage-")))
            .isEmpty();
      }
    } finally {
      process.destroyForcibly();
    }
  }

  /** Says {@code !} when some folders have been made, and goes on for ever. */
  static final class Busy {
    private Busy() {}

    public static void main(String[] arguments) {
      for (int i = 0; i < 3; i++) {
        new Thread(Busy::work).start();
      }
    }

    private static void work() {
      for (int i = 0; ; i++) {
        if (i == ENOUGH) {
          System.out.print('!');
          System.out.flush();
        }
        try (TemporaryFolder made = TemporaryFolder.of("busy")) {
          for (int file = 0; file < ENOUGH; file++) {
            Files.writeString(made.file("file" + file), "content");
          }
        } catch (IOException | MirageException e) {
          // Its folder has been deleted under its feet, as it should be.
          Thread.onSpinWait();
        }
      }
    }
  }
}
