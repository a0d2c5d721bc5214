// SPDX-License-Identifier: Apache-2.0
package mirage.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mirage.device.SourceFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {
  @Test
  void isTheHashSha256sumComputes(@TempDir Path folder) throws Exception {
    Path framed = Files.writeString(folder.resolve("framed"), "t 3\nabct 0\n");
    String expected = Command.of("sha256sum", framed.toString()).run().output().substring(0, 64);
    assertThat(Fingerprint.builder().text("abc").text("").build().hex()).isEqualTo(expected);
  }

  @Test
  void sequencesThatReadTheSameDiffer() {
    assertThat(Fingerprint.builder().text("ab").text("c").build())
        .isNotEqualTo(Fingerprint.builder().text("a").text("bc").build());
    assertThat(Fingerprint.builder().texts(List.of("a")).text("b").build())
        .isNotEqualTo(Fingerprint.builder().texts(List.of("a", "b")).build());
  }

  @Test
  void aTreeIsItsNamesAndContentsWhereverItLies(@TempDir Path folder) throws Exception {
    for (String copy : List.of("one", "two")) {
      Files.createDirectories(folder.resolve(copy).resolve("sub"));
      Files.writeString(folder.resolve(copy).resolve("sub/b.ml"), "let b = 1");
      Files.writeString(folder.resolve(copy).resolve("a.ml"), "let a = 1");
    }
    Fingerprint one = Fingerprint.builder().tree(folder.resolve("one")).build();
    assertThat(Fingerprint.builder().tree(folder.resolve("two")).build()).isEqualTo(one);
    Files.move(folder.resolve("two/a.ml"), folder.resolve("two/c.ml"));
    assertThat(Fingerprint.builder().tree(folder.resolve("two")).build()).isNotEqualTo(one);
  }

  @Test
  void aSourceFolderCountsByContent() {
    SourceFolder folder = new SourceFolder(getClass(), "ocaml/fixture");
    assertThat(SourceFolders.names(folder)).containsExactly("fixture.ml", "fixture_stubs.c");
    assertThat(Fingerprint.builder().folder(folder).build())
        .isEqualTo(Fingerprint.builder().folder(folder).build());
  }

  @Test
  void aMissingToolNamesItsPackage() {
    assertThatThrownBy(() -> Fingerprint.builder().tool("/nowhere/ocamlc"))
        .hasMessageContaining("ocaml-nox");
    assertThat(Fingerprint.builder().tool("sh").build().brief()).hasSize(20);
  }
}
