// SPDX-License-Identifier: Apache-2.0
package mirage.config.generate;

import mirage.config.resolve.Application;
import mirage.tools.HtmlPage;

/** The Maven project of a configured unikernel: the jars it needs, and one goal of our plugin. */
public final class Pom {
  private Pom() {}

  /**
   * The text of pom.xml.
   *
   * @param config config.ml, from the POM's folder
   */
  public static String text(Application application, String config, String command) {
    StringBuilder text =
        new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
            .append(Marker.xml(command))
            .append(
                """
                <project xmlns="http://maven.apache.org/POM/4.0.0"
                         xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                         xsi:schemaLocation="http://maven.apache.org/POM/4.0.0 https://maven.apache.org/xsd/maven-4.0.0.xsd">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>unikernel</groupId>
                  <artifactId>%s-%s</artifactId>
                  <version>0</version>
                  <packaging>pom</packaging>
                """
                    .formatted(application.name(), application.target().id()));
    if (!application.jars().isEmpty()) {
      text.append("\n  <dependencies>\n");
      application.jars().forEach(jar -> text.append(dependency(jar)));
      text.append("  </dependencies>\n");
    }
    return text.append(
            """

              <build>
                <plugins>
                  <plugin>
                    <groupId>%s</groupId>
                    <artifactId>%s</artifactId>
                    <version>%s</version>
                    <executions>
                      <execution>
                        <id>unikernel</id>
                        <phase>package</phase>
                        <goals>
                          <goal>build</goal>
                        </goals>
                        <configuration>
                          <config>%s</config>
                        </configuration>
                      </execution>
                    </executions>
                  </plugin>
                </plugins>
              </build>
            </project>
            """
                .formatted(
                    ToolVersion.GROUP,
                    ToolVersion.PLUGIN,
                    ToolVersion.text(),
                    HtmlPage.escape(config)))
        .toString();
  }

  /** A dependency element, for {@code group:artifact:version}. */
  public static String dependency(String coordinates) {
    String[] parts = coordinates.split(":");
    return """
            <dependency>
              <groupId>%s</groupId>
              <artifactId>%s</artifactId>
              <version>%s</version>
            </dependency>
        """
        .formatted(parts[0], parts[1], parts[2]);
  }
}
