// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mirage.config.build.MavenBuilder;
import mirage.config.build.ProjectBuilder;
import mirage.config.configure.ConfigPrograms;
import mirage.config.dsl.ConfigCompiler;
import mirage.config.project.Unikernel;
import mirage.tools.BuildCache;

/**
 * What surrounds one run of the command; the command as a call.
 *
 * @param directory the current folder, absolute
 * @param variables environment variables
 * @param in what a unikernel reads from its console
 * @param terminal where the command prints
 * @param cache the user's build cache
 * @param builder builds configured unikernels
 */
public record Environment(
    Path directory,
    Map<String, String> variables,
    InputStream in,
    Terminal terminal,
    BuildCache cache,
    ProjectBuilder builder) {
  private static final Pattern FILE = Pattern.compile("File \"([^\"/][^\"]*)\"");

  /** That of this process, building with Maven. */
  public static Environment ofProcess() {
    return new Environment(
        Path.of("").toAbsolutePath(),
        System.getenv(),
        System.in,
        new Terminal(System.out, System.err),
        BuildCache.user(),
        new MavenBuilder());
  }

  /** The same in another folder, printing elsewhere. */
  public Environment in(Path folder, PrintStream out, PrintStream err) {
    return new Environment(
        folder.toAbsolutePath(), variables, in, new Terminal(out, err), cache, builder);
  }

  /** The same with another build, such as one without Maven. */
  public Environment with(ProjectBuilder other) {
    return new Environment(directory, variables, in, terminal, cache, other);
  }

  /**
   * Runs a command line.
   *
   * @return the exit status: 0 success, 1 failure, 2 wrong usage; of {@code run} the unikernel's own
   */
  public int run(String... arguments) {
    return new MirageCommand(this).execute(arguments);
  }

  ConfigPrograms programs() {
    return new ConfigCompiler(cache, directory);
  }

  /** The compiler names files from the unikernel's folder, a user from the current one. */
  String inUserTerms(String message, Unikernel unikernel) {
    return FILE.matcher(message)
        .replaceAll(
            match -> {
              Path file = unikernel.sources().resolve(match.group(1));
              return Matcher.quoteReplacement(
                  Files.exists(file)
                      ? "File \"" + directory.relativize(file) + "\""
                      : match.group());
            });
  }
}
