// SPDX-License-Identifier: Apache-2.0
package mirage.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import mirage.config.maven.MavenRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maven itself finds what lies there, its network and the user's local repository left aside. */
class ToolRepositoryTest {
  private static final String GOAL =
      "org.apache.maven.plugins:maven-dependency-plugin:3.7.1:build-classpath";

  @TempDir Path folder;

  @Test
  void mavenTakesJarsFromTheToolsOwnRepository() throws Exception {
    Path repository = folder.resolve("repository");
    Path place = Files.createDirectories(repository.resolve("org/example/part/1-SNAPSHOT"));
    Files.writeString(place.resolve("part-1-SNAPSHOT.jar"), "");
    Files.writeString(place.resolve("part-1-SNAPSHOT.pom"), pom("part", ""));
    Path project = Files.writeString(folder.resolve("pom.xml"), pom("whole", DEPENDENCY));
    Path answer = folder.resolve("answer");
    Properties properties = new Properties();
    properties.setProperty("mdep.outputFile", answer.toString());
    properties.setProperty(ToolRepository.PROPERTY, repository.toString());
    properties.setProperty("maven.ext.class.path", Path.of("target/classes").toAbsolutePath() + "");
    List<String> said = new ArrayList<>();
    assertThat(MavenRunner.printingTo(said::add).run(project, List.of(GOAL), properties, true))
        .as(String.join("\n", said))
        .isTrue();
    assertThat(answer).hasContent(place.resolve("part-1-SNAPSHOT.jar").toString());
  }

  private static final String DEPENDENCY =
      """
      <dependencies><dependency>
        <groupId>org.example</groupId><artifactId>part</artifactId><version>1-SNAPSHOT</version>
      </dependency></dependencies>
      """;

  private static String pom(String name, String more) {
    return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>org.example</groupId><artifactId>%s</artifactId><version>1-SNAPSHOT</version>
          %s
        </project>
        """
        .formatted(name, more);
  }
}
