// SPDX-License-Identifier: Apache-2.0
package mirage.config.build;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import mirage.config.configure.ToolFingerprint;
import mirage.config.maven.MavenRunner;
import mirage.config.project.Unikernel;
import mirage.config.report.Reporter;
import mirage.tools.BuildCache;
import mirage.tools.MirageException;

/** Builds the generated project with Maven, in a process of its own. */
public final class MavenBuild {
  private final Unikernel unikernel;
  private final Reporter reporter;
  private final boolean verbose;
  private final String fingerprint;

  /**
   * @param verbose print all that Maven prints
   */
  public MavenBuild(Unikernel unikernel, BuildCache cache, Reporter reporter, boolean verbose) {
    this.unikernel = unikernel;
    this.reporter = reporter;
    this.verbose = verbose;
    this.fingerprint =
        BuildRecord.fingerprint(unikernel, ToolFingerprint.own().hex(), cache);
  }

  /** The files the last build made. */
  public static List<Path> results(Unikernel unikernel) {
    return List.copyOf(BuildRecord.read(unikernel).results().keySet());
  }

  /** Whether nothing has changed since the last build. */
  public boolean upToDate() {
    return BuildRecord.read(unikernel).holds(fingerprint);
  }

  /**
   * Runs Maven, with the network only if something is missing in the local repository.
   *
   * @throws MirageException with the errors of the build alone, or with all of Maven's output when
   *     it is Maven that failed
   */
  public void run() {
    Output output = new Output();
    Properties properties = new Properties();
    properties.setProperty("mirage.fingerprint", fingerprint);
    MavenRunner runner = MavenRunner.printingTo(output);
    if (!runner.run(unikernel.pom(), List.of("package"), properties, true)) {
      if (output.errors.isEmpty() && output.offline()) {
        reporter.step("fetching what Maven needs");
        output.lines.clear();
        if (runner.run(unikernel.pom(), List.of("package"), properties, false)) {
          return;
        }
      }
      throw new MirageException(
          output.errors.isEmpty()
              ? "mvn failed:\n" + String.join("\n", output.lines)
              : String.join("\n", output.errors));
    }
  }

  /** Tells the build's own messages from Maven's. */
  private final class Output implements Consumer<String> {
    private final List<String> lines = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();

    @Override
    public void accept(String line) {
      BuildMessage.parse(line).ifPresentOrElse(this::pass, () -> keep(line));
    }

    private void keep(String line) {
      lines.add(line);
      if (verbose) {
        reporter.detail(line);
      }
    }

    private void pass(BuildMessage message) {
      switch (message.kind()) {
        case STEP -> reporter.step(message.text());
        case DETAIL -> reporter.detail(message.text());
        case WARNING -> reporter.warning(message.text());
        case ERROR -> errors.add(message.text());
      }
    }

    private boolean offline() {
      return lines.stream().anyMatch(line -> line.contains("offline"));
    }
  }
}
