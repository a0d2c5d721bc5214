// SPDX-License-Identifier: Apache-2.0
package mirage.opam.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangesTest {
  private final Changes.Edit edit =
      Changes.of("asn1-combinators").edit().orElseThrow(AssertionError::new);

  @TempDir Path folder;

  @Test
  void anEditChangesTheTextThatIsThereOnce() throws IOException {
    assertThat(applied("let x = 1\n" + edit.before() + " ()\n"))
        .isEqualTo("let x = 1\n" + edit.after() + " ()\n");
  }

  @Test
  void anotherVersionOfThePackageStaysAsItIs() throws IOException {
    String twice = edit.before() + "\n" + edit.before();
    assertThat(applied(twice)).isEqualTo(twice);
    assertThat(applied("let x = 1")).isEqualTo("let x = 1");
  }

  @Test
  void filesOfOursTakeThePlaceOfThoseThatAreThere() throws IOException {
    Path code = Files.createDirectories(folder.resolve("ec/native"));
    Files.writeString(code.resolve("p256_32.h"), "generated");
    Changes.of("mirage-crypto-ec").apply(folder);
    assertThat(code.resolve("p256_32.h")).content().contains("#define PRIME");
    assertThat(code.resolve("p384_32.h")).doesNotExist();
  }

  private String applied(String text) throws IOException {
    Path file = folder.resolve(edit.file());
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Changes.of("asn1-combinators").apply(folder);
    return Files.readString(file);
  }
}
