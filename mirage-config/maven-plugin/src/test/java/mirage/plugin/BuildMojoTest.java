// SPDX-License-Identifier: Apache-2.0
package mirage.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildMojoTest {
  @TempDir Path unikernel;

  private final List<String> lines = new ArrayList<>();

  @Test
  void aProblemIsOneLineThatTheCommandFindsInMavensOutput() throws Exception {
    Path project = Files.createDirectories(unikernel.resolve("mirage"));
    Files.writeString(project.resolve("manifest.json"), "{ damaged");
    assertThatThrownBy(mojo(project)::execute)
        .isInstanceOf(MojoFailureException.class)
        .hasMessageContaining("manifest.json: damaged");
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).startsWith("@mirage:error:").contains("manifest.json: damaged");
  }

  /** Maven fills the fields by their names. */
  private BuildMojo mojo(Path project) throws Exception {
    BuildMojo mojo = new BuildMojo();
    set(mojo, "folder", project.toFile());
    set(mojo, "classPath", List.of());
    set(mojo, "config", "../config.ml");
    mojo.setLog(
        new SystemStreamLog() {
          @Override
          public void info(CharSequence line) {
            lines.add(line.toString());
          }
        });
    return mojo;
  }

  private static void set(BuildMojo mojo, String name, Object value) throws Exception {
    Field field = BuildMojo.class.getDeclaredField(name);
    field.setAccessible(true);
    field.set(mojo, value);
  }
}
