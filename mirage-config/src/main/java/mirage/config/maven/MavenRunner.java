// SPDX-License-Identifier: Apache-2.0
package mirage.config.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import mirage.tools.MirageException;
import mirage.tools.Tools;
import org.apache.maven.shared.invoker.DefaultInvocationRequest;
import org.apache.maven.shared.invoker.DefaultInvoker;
import org.apache.maven.shared.invoker.InvocationRequest;
import org.apache.maven.shared.invoker.MavenInvocationException;

/**
 * Runs goals of Maven projects in a process of their own.
 *
 * @param output gets every line Maven prints
 * @param localRepository the local repository; empty: the user's own
 */
public record MavenRunner(Consumer<String> output, Optional<Path> localRepository) {
  /** Maven's start is most of a small build: compile less, collect less. */
  private static final String JVM_OPTIONS =
      "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -Xmx512m";

  /** The exit status of a process that could not be started, as the Invoker has it. */
  private static final int NEVER_RAN = Integer.MIN_VALUE;

  /** A runner with the local repository this tool itself was started with. */
  public static MavenRunner printingTo(Consumer<String> output) {
    return new MavenRunner(
        output, Optional.ofNullable(System.getProperty("maven.repo.local")).map(Path::of));
  }

  /**
   * Runs goals.
   *
   * @param offline true: nothing is looked for on the network
   * @return whether they succeeded
   * @throws MirageException when Maven itself cannot be run
   */
  public boolean run(Path pom, List<String> goals, Properties properties, boolean offline) {
    InvocationRequest request = new DefaultInvocationRequest();
    request.setPomFile(pom.toFile());
    request.setBaseDirectory(pom.getParent().toFile());
    request.addArgs(goals);
    request.setProperties(properties);
    request.setBatchMode(true);
    request.setNoTransferProgress(true);
    request.setOffline(offline);
    // Setting them hides the user's own.
    request.setMavenOpts(
        (System.getenv().getOrDefault("MAVEN_OPTS", "") + " " + JVM_OPTIONS).strip());
    request.setOutputHandler(output::accept);
    request.setErrorHandler(output::accept);
    localRepository.ifPresent(place -> request.setLocalRepositoryDirectory(place.toFile()));
    DefaultInvoker invoker = new DefaultInvoker();
    invoker.setMavenHome(home());
    try {
      int status = invoker.execute(request).getExitCode();
      if (status == NEVER_RAN) {
        throw new MirageException("mvn: cannot be run");
      }
      return status == 0;
    } catch (MavenInvocationException e) {
      throw new MirageException("mvn: cannot be run: " + e.getMessage(), e);
    }
  }

  private static File home() {
    try {
      return Tools.require("mvn").toRealPath().getParent().getParent().toFile();
    } catch (IOException e) {
      throw new MirageException("mvn: cannot be run: " + e.getMessage(), e);
    }
  }
}
