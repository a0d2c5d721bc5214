// SPDX-License-Identifier: Apache-2.0
package mirage.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import mirage.device.SourceFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFoldersTest {
  @Test
  void copiesFromAClassDirectory(@TempDir Path out) {
    SourceFolder folder = new SourceFolder(getClass(), "ocaml/fixture");
    assertThat(SourceFolders.copy(folder, out)).containsExactly("fixture.ml", "fixture_stubs.c");
    assertThat(out.resolve("fixture.ml")).content().contains("external answer");
    assertThat(out.resolve("below")).doesNotExist();
  }

  @Test
  void readsTheSameFromAJar(@TempDir Path out) throws Exception {
    Path jar = out.resolve("fixture with space.jar");
    String type = getClass().getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream stream = new JarOutputStream(file)) {
      for (String name : new String[] {type, "ocaml/x/b.ml", "ocaml/x/a.ml", "ocaml/x/sub/c.ml"}) {
        stream.putNextEntry(new ZipEntry(name));
        if (name.equals(type)) {
          try (InputStream bytes = getClass().getResourceAsStream("/" + type)) {
            bytes.transferTo(stream);
          }
        } else {
          stream.write(name.getBytes());
        }
      }
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      // Only its code source is asked for, so what it links against need not be there.
      SourceFolder folder = new SourceFolder(loader.loadClass(getClass().getName()), "ocaml/x");
      assertThat(SourceFolders.origin(folder)).isEqualTo(jar);
      assertThat(SourceFolders.names(folder)).containsExactly("a.ml", "b.ml");
      assertThat(SourceFolders.read(folder, "b.ml")).asString().isEqualTo("ocaml/x/b.ml");
      assertThatThrownBy(() -> SourceFolders.read(folder, "z.ml"))
          .hasMessage("no ocaml/x/z.ml in " + jar);
    }
  }

  @Test
  void anEmptyFolderIsAMistakeInTheJar() {
    assertThatThrownBy(() -> SourceFolders.names(new SourceFolder(getClass(), "ocaml/none")))
        .isInstanceOf(MirageException.class)
        .hasMessageContaining("no source files below ocaml/none in ");
    assertThatThrownBy(() -> SourceFolders.names(new SourceFolder(String.class, "ocaml/x")))
        .hasMessage("the class java.lang.String comes from no jar or class directory");
  }
}
