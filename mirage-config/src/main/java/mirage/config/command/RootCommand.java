// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.nio.file.Path;
import mirage.config.generate.ToolVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The options every command has. */
@Command(
    name = "mirage",
    description = "Builds and runs OCaml unikernels for the ESP32.",
    customSynopsis = "mirage [OPTION]... COMMAND ...",
    versionProvider = RootCommand.Version.class,
    optionListHeading = "%nCommon options:%n",
    commandListHeading = "%nCommands:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mirage run samples/hello",
      "  mirage configure -t esp32 && mirage build && mirage run",
      "  mirage help configure"
    })
final class RootCommand implements Runnable {
  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "The configuration file (config.ml).")
  Path file;

  @Option(
      names = {"-b", "--build-dir"},
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "Where mirage/ and dist/ are made (the folder of config.ml).")
  Path buildDirectory;

  @Option(
      names = "--dry-run",
      scope = ScopeType.INHERIT,
      description = "Print what would be done, do nothing.")
  boolean dryRun;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Print errors and results only.")
  boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Print more; twice: still more.")
  boolean[] verbose = {};

  @Option(
      names = "--verbosity",
      paramLabel = "LEVEL",
      scope = ScopeType.INHERIT,
      description = "quiet, error, warning, info or debug (warning).")
  Terminal.Verbosity verbosity = Terminal.Verbosity.WARNING;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      scope = ScopeType.INHERIT,
      description = "auto, always or never (auto).")
  Terminal.Color color = Terminal.Color.AUTO;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "On a failure, show where in the tool it happened.")
  boolean debug;

  @Option(
      names = "--help",
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  boolean help;

  @Option(
      names = "--version",
      versionHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show the tool's version.")
  boolean version;

  @Spec CommandSpec spec;

  final Environment environment;

  RootCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void run() {
    spec.commandLine().usage(environment.terminal().out());
  }

  /** Applies the options that change how the command prints. */
  void apply() {
    Terminal.Verbosity wanted =
        switch (verbose.length) {
          case 0 -> verbosity;
          case 1 -> Terminal.Verbosity.INFO;
          default -> Terminal.Verbosity.DEBUG;
        };
    environment.terminal().set(wanted, color, quiet);
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"mirage " + ToolVersion.text()};
    }
  }
}
