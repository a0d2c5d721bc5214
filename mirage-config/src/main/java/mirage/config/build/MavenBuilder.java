// SPDX-License-Identifier: Apache-2.0
package mirage.config.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import mirage.config.maven.MavenRunner;
import mirage.config.project.Unikernel;
import mirage.config.report.Reporter;
import mirage.tools.MirageException;

/**
 * Builds the generated project with Maven, in a process of its own; with the network only if something
 * is missing in the local repository.
 */
public record MavenBuilder() implements ProjectBuilder {
  private static final List<String> GOALS = List.of("package");

  @Override
  public void build(Unikernel unikernel, String fingerprint, Reporter reporter) {
    Output output = new Output(reporter, new ArrayList<>(), new ArrayList<>());
    Properties properties = new Properties();
    properties.setProperty("mirage.fingerprint", fingerprint);
    MavenRunner runner = MavenRunner.printingTo(output);
    boolean built = runner.run(unikernel.pom(), GOALS, properties, true);
    if (!built && output.missesSomething()) {
      reporter.step("fetching what Maven needs");
      output.lines().clear();
      built = runner.run(unikernel.pom(), GOALS, properties, false);
    }
    if (!built) {
      throw new MirageException(
          output.errors().isEmpty()
              ? "Maven cannot build %s: %s\n(-v shows all that Maven says)"
                  .formatted(unikernel.pom(), MavenRunner.reason(output.lines()))
              : String.join("\n", output.errors()));
    }
  }

  /** Tells the build's own messages from Maven's. */
  private record Output(Reporter reporter, List<String> lines, List<String> errors)
      implements Consumer<String> {
    @Override
    public void accept(String line) {
      BuildMessage.parse(line).ifPresentOrElse(this::pass, () -> keep(line));
    }

    private void keep(String line) {
      lines.add(line);
      reporter.detail(line);
    }

    private void pass(BuildMessage message) {
      switch (message.kind()) {
        case STEP -> reporter.step(message.text());
        case DETAIL -> reporter.detail(message.text());
        case WARNING -> reporter.warning(message.text());
        case ERROR -> errors.add(message.text());
      }
    }

    private boolean missesSomething() {
      return errors.isEmpty() && lines.stream().anyMatch(line -> line.contains("offline"));
    }
  }
}
