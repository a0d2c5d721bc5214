// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import mirage.config.build.MavenBuilder;
import mirage.tools.BuildCache;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The manual names every command and every option, and every command shows examples. */
class DocumentationTest {
  private final CommandLine root = commandLine();

  @Test
  void theManualIsComplete() throws IOException {
    String manual = Files.readString(Path.of("../docs/mirage.md"));
    Set<String> missing = new TreeSet<>();
    root.getSubcommands()
        .forEach(
            (name, command) -> {
              mention(manual, name, missing);
              for (OptionSpec option : command.getCommandSpec().options()) {
                List.of(option.names()).forEach(spelling -> mention(manual, spelling, missing));
              }
            });
    assertThat(missing).as("not in docs/mirage.md").isEmpty();
  }

  @Test
  void everyCommandShowsExamples() {
    root.getSubcommands()
        .forEach(
            (name, command) ->
                assertThat(command.getUsageMessage())
                    .as(name)
                    .contains("Examples:\n  mirage " + name));
  }

  /** What the porter's guide shows is what a transcript runs, and files that it runs with. */
  @Test
  void thePortersGuideIsExecuted() throws IOException {
    Path resources = Path.of("src/test/resources");
    List<String> executed = Files.readAllLines(resources.resolve("transcripts/porting.txt"));
    Set<String> files = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(resources.resolve("unikernels/porting"))) {
      for (Path file : sources.filter(Files::isRegularFile).toList()) {
        files.add(Files.readString(file).strip());
      }
    }
    int commands = 0;
    for (String block : blocks(Files.readString(Path.of("../docs/porting.md")))) {
      if (block.startsWith("$ ")) {
        assertThat(executed).containsAll(block.lines().toList());
        commands++;
      } else if (!block.startsWith("opam repository add")) {
        assertThat(files).contains(block);
      }
    }
    assertThat(commands).isGreaterThan(3);
  }

  /** Indented blocks of a text, without the indentation. */
  private static List<String> blocks(String text) {
    List<String> blocks = new ArrayList<>();
    StringBuilder block = new StringBuilder();
    for (String line : (text + "\n.").split("\n")) {
      if (line.startsWith("    ") || (line.isEmpty() && !block.isEmpty())) {
        block.append(line.isEmpty() ? line : line.substring(4)).append('\n');
      } else if (!block.isEmpty()) {
        blocks.add(block.toString().strip());
        block.setLength(0);
      }
    }
    return blocks;
  }

  private static void mention(String manual, String word, Set<String> missing) {
    if (!manual.contains("`" + word)) {
      missing.add(word);
    }
  }

  private static CommandLine commandLine() {
    PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
    Environment environment =
        new Environment(
            Path.of("").toAbsolutePath(),
            Map.of(),
            new ByteArrayInputStream(new byte[0]),
            new Terminal(nowhere, nowhere),
            BuildCache.of(Map.of()),
            new MavenBuilder());
    return new MirageCommand(environment).create(List.of(), List.of());
  }
}
