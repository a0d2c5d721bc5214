// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import mirage.config.graph.ConfigClient;
import mirage.config.graph.ConfigRequest;
import mirage.config.graph.KeyAnswer;
import mirage.config.graph.KeyOption;
import mirage.config.project.SavedConfiguration;
import mirage.config.project.Targets;
import mirage.config.project.Unikernel;
import mirage.config.resolve.UserProblems;
import mirage.device.Target;
import mirage.formats.FormatException;
import mirage.tools.MirageException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Parses a command line and runs what it asks for. The options of some commands depend on the
 * unikernel: only when such an option, or help, is asked for is config.ml evaluated for its keys.
 */
final class MirageCommand {
  private static final int FAILURE = 1;
  private static final int USAGE = 2;

  /** As a shell reports a process that the signal SIGPIPE ended. */
  private static final int BROKEN_PIPE = 141;

  private static final Set<String> KEYED = Set.of("configure", "describe", "run");
  private static final Set<String> BOOTS = Set.of("run", "profile", "debug");
  private static final Set<String> VALUED =
      Set.of("-f", "--file", "-b", "--build-dir", "-t", "--target");

  private final Environment environment;

  /** Help and versions. If an output were lost while picocli writes them it would show a stack trace. */
  private final StringWriter texts = new StringWriter();

  MirageCommand(Environment environment) {
    this.environment = environment;
  }

  /** Runs a command line; answers the process's exit status. */
  int execute(String... arguments) {
    List<String> all = Arrays.asList(arguments);
    int split = all.indexOf("--");
    List<String> own = help(split < 0 ? all : all.subList(0, split));
    List<String> boot = split < 0 ? List.of() : all.subList(split + 1, all.size());
    CommandLine line = create(List.of(), boot);
    Optional<String> command =
        own.stream().filter(line.getSubcommands().keySet()::contains).findFirst();
    if (command.isEmpty() && all.size() > 1 && all.get(0).equals("help")) {
      return unknownCommand(line, all.get(1));
    }
    if (split >= 0 && !command.filter(BOOTS::contains).isPresent()) {
      environment
          .terminal()
          .error("boot arguments behind -- are for mirage run, profile and debug");
      return USAGE;
    }
    try {
      if (command.filter(KEYED::contains).isPresent() && needsKeys(line, own)) {
        line = create(keys(own), boot);
      }
    } catch (MirageException e) {
      if (!own.contains("--help")) {
        return failed(e, own.contains("--debug"));
      }
      environment.terminal().warning("without the unikernel's own keys: " + e.getMessage());
    }
    try {
      int status = line.execute(own.toArray(String[]::new));
      environment.terminal().out().print(texts);
      environment.terminal().out().flush();
      return status;
    } catch (StandardOutput.Lost e) {
      return failed(e, false);
    }
  }

  /** {@code help configure ...} is {@code configure ... --help}. */
  private static List<String> help(List<String> arguments) {
    if (arguments.size() < 2 || !arguments.get(0).equals("help")) {
      return arguments;
    }
    List<String> changed = new ArrayList<>(arguments.subList(1, arguments.size()));
    changed.add("--help");
    return changed;
  }

  private static boolean needsKeys(CommandLine line, List<String> own) {
    if (own.contains("--help")) {
      return true;
    }
    try {
      line.parseArgs(own.toArray(String[]::new));
      return false;
    } catch (UnmatchedArgumentException e) {
      return true;
    } catch (ParameterException e) {
      return false;
    }
  }

  private List<KeyOption> keys(List<String> own) {
    Unikernel unikernel =
        Locator.find(
            environment,
            folder(own),
            path(own, "-f", "--file"),
            path(own, "-b", "--build-dir"),
            "");
    Target target =
        Targets.chosen(value(own, "-t", "--target"), environment.variables())
            .or(
                () ->
                    unikernel.configured()
                        ? Optional.of(
                            SavedConfiguration.read(unikernel.savedConfiguration()).target())
                        : Optional.empty())
            .orElse(Target.ESP32);
    ConfigClient client = new ConfigClient(environment.programs().compile(unikernel.config()));
    KeyAnswer answer = client.keys(new ConfigRequest(target, unikernel.buildDirectory(), Map.of()));
    UserProblems.report(answer.errors());
    return answer.keys();
  }

  /** The first argument that is a folder with a configuration file, unless it is an option's value. */
  private Path folder(List<String> own) {
    String file = value(own, "-f", "--file").orElse("config.ml");
    for (int i = 1; i < own.size(); i++) {
      String word = own.get(i);
      boolean isWord = !word.startsWith("-") && !VALUED.contains(own.get(i - 1));
      if (isWord && Files.isRegularFile(environment.directory().resolve(word).resolve(file))) {
        return Path.of(word);
      }
    }
    return null;
  }

  private static Path path(List<String> own, String brief, String full) {
    return value(own, brief, full).map(Path::of).orElse(null);
  }

  private static Optional<String> value(List<String> own, String brief, String full) {
    for (int i = 0; i < own.size(); i++) {
      String word = own.get(i);
      if ((word.equals(brief) || word.equals(full)) && i + 1 < own.size()) {
        return Optional.of(own.get(i + 1));
      }
      if (word.startsWith(full + "=")) {
        return Optional.of(word.substring(full.length() + 1));
      }
    }
    return Optional.empty();
  }

  CommandLine create(List<KeyOption> keys, List<String> boot) {
    CommandLine line = new CommandLine(new RootCommand(environment));
    add(line, "configure", new ConfigureCommand(keys), keys);
    add(line, "describe", new DescribeCommand(keys), keys);
    line.addSubcommand("build", new BuildCommand());
    add(line, "run", new RunCommand(keys, boot), keys);
    line.addSubcommand("native", new NativeCommand());
    line.addSubcommand("profile", new ProfileCommand(boot));
    line.addSubcommand("debug", new DebugCommand(boot));
    line.addSubcommand("size", new SizeCommand());
    line.addSubcommand("install", new InstallCommand());
    line.addSubcommand("opam-repository", new OpamRepositoryCommand());
    line.addSubcommand("sysroot", new SysrootCommand());
    line.addSubcommand("clean", new CleanCommand());
    line.addSubcommand("help", new HelpCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpWidth(100);
    line.setUsageHelpAutoWidth(false);
    line.setOut(new PrintWriter(texts));
    line.setErr(new PrintWriter(environment.terminal().err(), true));
    line.setParameterExceptionHandler(this::misused);
    line.setExecutionExceptionHandler(
        (failure, commandLine, parsed) ->
            failed(failure, Arrays.asList(parsed.originalArgs().toArray()).contains("--debug")));
    return line;
  }

  private static void add(CommandLine line, String name, Object command, List<KeyOption> keys) {
    CommandLine sub = new CommandLine(command);
    line.addSubcommand(name, sub);
    KeyCommandLine.add(sub.getCommandSpec(), keys);
  }

  private int misused(ParameterException failure, String[] arguments) {
    CommandLine line = failure.getCommandLine();
    Terminal terminal = environment.terminal();
    boolean atRoot = line.getParent() == null;
    if (atRoot && failure instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0);
      if (!word.startsWith("-")) {
        return unknownCommand(line, word);
      }
    }
    terminal.error(failure.getMessage());
    terminal.err().println(atRoot ? "see mirage help" : "see mirage help " + line.getCommandName());
    return USAGE;
  }

  private int unknownCommand(CommandLine line, String word) {
    environment
        .terminal()
        .error(
            "unknown command '%s', must be one of %s"
                .formatted(
                    word,
                    line.getSubcommands().keySet().stream()
                        .sorted()
                        .collect(Collectors.joining("', '", "'", "'"))));
    return USAGE;
  }

  private int failed(Exception failure, boolean debug) {
    if (failure instanceof StandardOutput.Lost lost && lost.readerGone()) {
      return BROKEN_PIPE;
    }
    Terminal terminal = environment.terminal();
    if (failure instanceof MirageException || failure instanceof FormatException) {
      terminal.error(failure.getMessage());
    } else {
      terminal.error("a failure of the tool itself: %s (--debug shows where)".formatted(failure));
    }
    if (debug) {
      failure.printStackTrace(terminal.err());
    }
    return failure instanceof UserProblems problems && problems.usage() ? USAGE : FAILURE;
  }
}
