// SPDX-License-Identifier: Apache-2.0
package mirage.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import mirage.config.maven.MavenRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MavenRunnerTest {
  @TempDir Path folder;

  @Test
  void theReasonIsTheFirstThingMavenSays() throws Exception {
    Path project = Files.writeString(folder.resolve("pom.xml"), "<project/>");
    List<String> said = new ArrayList<>();
    Properties properties = new Properties();
    properties.setProperty("maven.repo.local", project.resolve("repository").toString());
    MavenRunner runner = new MavenRunner(said::add, Optional.empty(), Optional.empty());
    assertThat(runner.run(project, List.of("validate"), properties, true)).isFalse();
    assertThat(MavenRunner.reason(said)).startsWith("Could not create local repository at ");
  }
}
