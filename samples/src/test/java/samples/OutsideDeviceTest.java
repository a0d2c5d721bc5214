// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import mirage.config.maven.MavenRunner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A device in a Maven project that is not part of this one: built and installed as its author would, then
 * selected by a unikernel that names the jar.
 */
class OutsideDeviceTest {
  @TempDir Path folder;

  @BeforeAll
  static void installTheDevice() throws Exception {
    maven(Path.of("../pom.xml"), "install", "-pl", "device-impls/console", "--also-make");
    maven(Path.of("loud-console/pom.xml"), "install");
  }

  private static void maven(Path pom, String... goals) {
    Properties properties = new Properties();
    properties.setProperty("quickly", "true");
    List<String> output = new ArrayList<>();
    assertThat(
            MavenRunner.printingTo(output::add)
                .run(pom.toAbsolutePath().normalize(), List.of(goals), properties, false))
        .as(String.join("\n", output))
        .isTrue();
  }

  @Test
  void isSelectedByAUnikernelThatNamesItsJar() {
    Tool tool = Tool.onCopyOf(Path.of("loud-console/unikernel"), folder);
    assertThat(tool.run("", "configure", "-t", "esp32")).matches(r -> r.status() == 0);
    assertThat(tool.run("", "build")).matches(r -> r.status() == 0);
    Tool.Result result = tool.run("", "run");
    assertThat(result.output()).isEqualToIgnoringNewLines("HELLO FROM OUTSIDE!\n");
    assertThat(result.status()).isZero();
  }
}
