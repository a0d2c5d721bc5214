// SPDX-License-Identifier: Apache-2.0
package mirage.config.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Expected texts in files. {@code -Dapprove=true} writes what was found instead of comparing. */
public final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  private Golden() {}

  /** Compares a text with {@code src/test/resources/golden/<name>}. */
  public static void check(String name, String found) {
    check(FOLDER.resolve(name), found);
  }

  /** Compares a text with a file. */
  public static void check(Path file, String found) {
    try {
      if (Boolean.getBoolean("approve")) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, found);
      }
      assertThat(found).as(file.toString()).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new AssertionError(file + ": no expected text (-Dapprove=true writes it)", e);
    }
  }
}
