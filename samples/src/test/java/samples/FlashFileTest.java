// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mirage run --flash} keeps, and what it does not. */
class FlashFileTest {
  @TempDir Path folder;
  private Tool tool;

  @BeforeEach
  void copy() {
    tool = Tool.onCopyOf(Path.of("block"), folder);
  }

  private String run(String... boot) {
    String[] words = new String[boot.length + 4];
    System.arraycopy(new String[] {"-q", "run", "--flash", "kept"}, 0, words, 0, 4);
    System.arraycopy(boot, 0, words, 4, boot.length);
    return tool.run("", words).output();
  }

  @Test
  void dataStaysAndTheProgramIsTheNewOne() throws IOException {
    assertThat(run()).contains("16 sectors, start 1");
    assertThat(run()).contains("16 sectors, start 2").doesNotContain("replaced");
    Path source = folder.resolve("unikernel.ml");
    Files.writeString(source, Files.readString(source).replace("start %d", "beginning %d"));
    assertThat(run())
        .contains("kept: the program is replaced, data stays", "16 sectors, beginning 3");
    assertThat(run("--", "--logs=error")).doesNotContain("sectors");
    assertThat(run()).contains("16 sectors, beginning 5");
  }

  @Test
  void readOnlyDataIsTheNewOne() throws IOException {
    Path copy = folder.resolve("files");
    Tool files = Tool.onCopyOf(Path.of("kv_ro"), copy);
    String[] run = {"-q", "run", "--kv_ro=direct", "--flash", "kept"};
    assertThat(files.run("", run).output()).contains("shopping: 10 bytes, \"tea\\nbread\\n\"");
    Files.writeString(copy.resolve("data/shopping"), "milk");
    assertThat(files.run("", run).output()).contains("shopping: 4 bytes, \"milk\"");
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    assertThat(run()).contains("start 1");
    Path kept = folder.resolve("kept");
    byte[] content = Files.readAllBytes(kept);
    content[0x8000] = 0;
    Files.write(kept, content);
    assertThat(run())
        .startsWith("mirage: " + kept + ": not the content of a flash chip")
        .contains("delete it to begin anew");
  }

  @Test
  void otherPlacesAreRefused() {
    assertThat(tool.run("", "-q", "run", "--flash", "none/kept").output())
        .contains("no folder " + folder.resolve("none"));
    assertThat(folder.resolve("none")).doesNotExist();
    assertThat(tool.run("", "-q", "run", "--flash", "dist/block.bin").output())
        .contains("that is the image to run", "name another file");
  }
}
