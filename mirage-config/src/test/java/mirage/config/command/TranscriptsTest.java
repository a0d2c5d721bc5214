// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mirage.config.build.DirectBuilder;
import mirage.config.generate.ToolVersion;
import mirage.config.testing.Golden;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a user types and sees, from files: each line that begins with {@code $} is run in a folder that
 * holds the test unikernels; below it stands what it prints, and its status unless that is 0.
 */
class TranscriptsTest {
  private static final Path RESOURCES = Path.of("src/test/resources");

  /** A call of the command, perhaps with an environment variable before it. */
  private static final Pattern MIRAGE = Pattern.compile("(?:(\\w+)=(\\S*) )?mirage (.*)");

  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  @TempDir Path folder;

  static Stream<Path> transcripts() throws IOException {
    try (Stream<Path> files = Files.list(RESOURCES.resolve("transcripts"))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void isStillTrue(Path transcript) throws IOException {
    AtomicFiles.copyTree(RESOURCES.resolve("unikernels"), folder);
    StringBuilder found = new StringBuilder();
    for (String line : Files.readAllLines(transcript)) {
      if (line.startsWith("$ ")) {
        String printed = plain(run(line.substring(2)));
        found.append(line).append('\n').append(printed);
        found.append(printed.isEmpty() || printed.endsWith("\n") ? "" : "\n");
      }
    }
    Golden.check(transcript, found.toString());
  }

  private String run(String line) {
    Matcher mirage = MIRAGE.matcher(line);
    return mirage.matches()
        ? mirage(
            mirage.group(1) == null ? Map.of() : Map.of(mirage.group(1), mirage.group(2)),
            words(mirage.group(3)))
        : shell(line);
  }

  private String mirage(Map<String, String> variables, List<String> words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    BuildCache cache = new BuildCache(Path.of("target/cache").toAbsolutePath());
    Environment environment =
        new Environment(
            folder,
            variables,
            new ByteArrayInputStream(new byte[0]),
            new Terminal(out, out),
            cache,
            new DirectBuilder(cache));
    int status = environment.run(words.toArray(String[]::new));
    return bytes.toString(StandardCharsets.UTF_8) + status(status);
  }

  private String shell(String line) {
    Command.Result result = Command.of("sh", "-c", line).in(folder).execute();
    return result.output() + result.errors() + status(result.status());
  }

  private static String status(int status) {
    return status == 0 ? "" : "[" + status + "]\n";
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    }
    return words;
  }

  /** Without what differs from machine to machine. */
  private String plain(String text) {
    return text.replace(folder.toString(), "/home/me")
        .replace(ToolVersion.text(), "VERSION")
        .replace(" (the run-time system is built first, once for all programs)", "")
        .replaceAll("device-(\\w+)-VERSION\\.jar", "$1");
  }
}
