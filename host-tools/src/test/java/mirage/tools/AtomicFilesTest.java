// SPDX-License-Identifier: Apache-2.0
package mirage.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @Test
  void writesReadablyAndLeavesNoTemporaryFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("sub/file");
    AtomicFiles.write(file, "one");
    AtomicFiles.write(file, "two");
    assertThat(file).hasContent("two");
    assertThat(file.getParent().toFile().list()).containsExactly("file");
    assertThat(Files.getPosixFilePermissions(file)).contains(PosixFilePermission.OTHERS_READ);
  }

  @Test
  void updateKeepsTheTimeOfAnUnchangedFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("file");
    assertThat(AtomicFiles.update(file, "one")).isTrue();
    Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
    assertThat(AtomicFiles.update(file, "one")).isFalse();
    assertThat(Files.getLastModifiedTime(file).toMillis()).isEqualTo(1000);
    assertThat(AtomicFiles.update(file, "two")).isTrue();
  }

  @Test
  void saysWhatCannotBeWritten(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> AtomicFiles.write(file.resolve("below"), "x"))
        .isInstanceOf(MirageException.class)
        .hasMessageStartingWith("cannot write " + file.resolve("below") + ": ");
  }

  @Test
  void copiesWhatLinksPointTo(@TempDir Path folder) throws Exception {
    Path from = Files.createDirectories(folder.resolve("from/inner"));
    Path file = Files.writeString(folder.resolve("file"), "content");
    assertThat(file.toFile().setReadOnly()).isTrue();
    Files.createSymbolicLink(from.resolve("link"), file);
    Files.createSymbolicLink(from.resolve("nowhere"), folder.resolve("none"));
    Path to = folder.resolve("to");
    AtomicFiles.copyTree(folder.resolve("from"), to);
    Path copy = to.resolve("inner/link");
    assertThat(copy).hasContent("content").isRegularFile();
    assertThat(Files.isSymbolicLink(copy)).isFalse();
    assertThat(Files.getPosixFilePermissions(copy)).contains(PosixFilePermission.OWNER_WRITE);
    assertThat(to.resolve("inner").toFile().list()).containsExactly("link");
  }

  @Test
  void copiesAFolderWithoutSomeNamesInIt(@TempDir Path folder) throws Exception {
    Path from = folder.resolve("from");
    Files.createDirectories(from.resolve("made/inner"));
    Files.createDirectories(from.resolve("kept/made"));
    Path to = folder.resolve("to");
    AtomicFiles.copyTree(from, to, Set.of("made"));
    assertThat(to.toFile().list()).containsExactly("kept");
    assertThat(to.resolve("kept/made")).isDirectory();
  }

  @Test
  void deletesTreesAndNothing(@TempDir Path folder) throws Exception {
    Path tree = Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(tree.resolve("c"), "");
    AtomicFiles.delete(folder.resolve("a"));
    AtomicFiles.delete(folder.resolve("a"));
    assertThat(folder).isEmptyDirectory();
  }
}
