// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.maven.shared.invoker.DefaultInvocationRequest;
import org.apache.maven.shared.invoker.DefaultInvoker;
import org.apache.maven.shared.invoker.InvocationRequest;
import org.apache.maven.shared.invoker.InvocationResult;
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
    maven(new File("../pom.xml"), List.of("device-impls/console"));
    maven(new File("loud-console/pom.xml"), List.of());
  }

  private static void maven(File pom, List<String> projects) throws Exception {
    InvocationRequest request = new DefaultInvocationRequest();
    request.setPomFile(pom);
    request.addArg("install");
    if (!projects.isEmpty()) {
      request.addArgs(List.of("--projects", String.join(",", projects), "--also-make"));
    }
    request.setBatchMode(true);
    Properties properties = new Properties();
    properties.setProperty("quickly", "true");
    String repository = System.getProperty("maven.repo.local");
    if (repository != null) {
      properties.setProperty("maven.repo.local", repository);
    }
    request.setProperties(properties);
    List<String> output = new ArrayList<>();
    request.setOutputHandler(output::add);
    DefaultInvoker invoker = new DefaultInvoker();
    invoker.setMavenHome(new File(System.getProperty("maven.home", "/usr/share/maven")));
    InvocationResult result = invoker.execute(request);
    assertThat(result.getExitCode()).as(String.join("\n", output)).isZero();
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
