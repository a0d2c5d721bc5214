// SPDX-License-Identifier: Apache-2.0
package mirage.config.maven;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import mirage.config.generate.ToolVersion;
import mirage.tools.Command;
import mirage.tools.MirageException;

/**
 * Runs goals of Maven projects in a process of their own.
 *
 * @param output gets every line Maven prints
 * @param localRepository the local repository; empty: the user's own
 * @param toolRepository where this tool's jars lie, laid out as a Maven repository; Maven looks there
 *     first. Empty: they are looked for like any others
 */
public record MavenRunner(
    Consumer<String> output, Optional<Path> localRepository, Optional<Path> toolRepository) {
  private static final String TOOL_REPOSITORY = "mirage.repository";

  /** Maven's own name for the jars of core extensions. */
  private static final String EXTENSIONS = "maven.ext.class.path";

  /** Maven's start is most of a small build: compile less, collect less. */
  private static final String JVM_OPTIONS =
      "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -Xmx1g";

  private static final Pattern COLOUR = Pattern.compile("\u001B\\[[0-9;]*m");

  /** A runner with the repositories this tool itself was started with. */
  public static MavenRunner printingTo(Consumer<String> output) {
    return new MavenRunner(output, place("maven.repo.local"), place(TOOL_REPOSITORY));
  }

  /** What decides which jars Maven finds, for who remembers its answers. */
  static String repositories() {
    return place("maven.repo.local") + " " + place(TOOL_REPOSITORY);
  }

  private static Optional<Path> place(String property) {
    return Optional.ofNullable(System.getProperty(property)).map(Path::of);
  }

  /**
   * Runs goals.
   *
   * @param offline true: nothing is looked for on the network
   * @return whether they succeeded
   * @throws MirageException when Maven itself cannot be run
   */
  public boolean run(Path pom, List<String> goals, Properties properties, boolean offline) {
    Properties all = new Properties();
    all.putAll(properties);
    toolRepository.ifPresent(place -> all.putAll(looksAt(place)));
    localRepository.ifPresent(place -> all.put("maven.repo.local", place.toString()));
    // Not by a shell, as Maven's own Invoker does it: that would end, and leave Maven behind.
    Command maven =
        Command.of("mvn", "--batch-mode", "--no-transfer-progress", "--file", pom.toString())
            .with(offline ? List.of("--offline") : List.of())
            .with(all.entrySet().stream().map(p -> "-D" + p.getKey() + "=" + p.getValue()).toList())
            .with(goals)
            .in(pom.getParent())
            // Setting them hides the user's own.
            .environment(
                "MAVEN_OPTS",
                (System.getenv().getOrDefault("MAVEN_OPTS", "") + " " + JVM_OPTIONS).strip());
    return maven.follow(line -> output.accept(plain(line))) == 0;
  }

  /** Maven resets the colours of a terminal that is none. */
  private static String plain(String line) {
    return COLOUR.matcher(line).replaceAll("");
  }

  /** Why Maven failed, of all it printed. */
  public static String reason(List<String> said) {
    return said.stream()
        .filter(line -> line.startsWith("[ERROR]"))
        .map(line -> line.substring("[ERROR]".length()).replace("-> [Help 1]", "").strip())
        .filter(line -> !line.isEmpty())
        .findFirst()
        .orElse("Maven gave no reason");
  }

  /** The tool's Maven plugin is the extension that reads its repository. */
  private static Map<String, String> looksAt(Path repository) {
    String version = ToolVersion.text();
    Path jar =
        repository
            .resolve(ToolVersion.GROUP.replace('.', '/'))
            .resolve("%1$s/%2$s/%1$s-%2$s.jar".formatted(ToolVersion.PLUGIN, version));
    return Map.of(TOOL_REPOSITORY, repository.toString(), EXTENSIONS, jar.toString());
  }
}
