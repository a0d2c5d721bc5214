// SPDX-License-Identifier: Apache-2.0
package mirage.config.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mirage.config.graph.ConfigProgram;
import mirage.tools.BuildCache;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file {@code dsl/X.ml} is asked what its {@code (* request: ... *)} lines say; the answers are compared
 * with {@code dsl/X.txt}. Run with {@code -Dmirage.approve=true} to write the files anew, then read the diff.
 */
class ConfigAnswersTest {
  private static final Path CASES = Path.of("src/test/resources/dsl");
  private static final Pattern REQUEST =
      Pattern.compile("\\(\\* request: (\\w+) (\\w+)(.*?) *\\*\\)");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path folder;

  static Stream<String> cases() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".ml"))
          .map(name -> name.replace(".ml", ""))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAreThoseApproved(String name) throws IOException {
    String source = Files.readString(CASES.resolve(name + ".ml"));
    Files.writeString(folder.resolve("config.ml"), source);
    ConfigProgram program =
        new ConfigCompiler(BuildCache.user(), folder).compile(Path.of("config.ml"));
    StringBuilder answers = new StringBuilder();
    REQUEST
        .matcher(source)
        .results()
        .forEach(
            request ->
                answers
                    .append("==== ")
                    .append(request.group().replaceAll("\\(\\* request: | *\\*\\)", ""))
                    .append('\n')
                    .append(AnswerText.of(program.ask(json(request)))));
    Path approved = CASES.resolve(name + ".txt");
    if (Boolean.getBoolean("mirage.approve")) {
      Files.writeString(approved, answers);
    }
    assertThat(answers.toString()).isNotEmpty().isEqualTo(Files.readString(approved));
  }

  private ObjectNode json(MatchResult request) {
    String command = request.group(1);
    boolean asks = command.equals("keys") || command.equals("graph");
    ObjectNode json =
        MAPPER
            .createObjectNode()
            .put("command", asks ? command : "hook")
            .put("hook", asks ? null : command)
            .put("target", request.group(2))
            .put("build_dir", folder.toString());
    ObjectNode keys = json.putObject("keys");
    Stream.of(request.group(3).trim().split(" +"))
        .filter(word -> !word.isEmpty())
        .map(word -> word.split("=", 2))
        .forEach(
            word -> {
              var values = keys.withArray(word[0]);
              if (word.length == 2) {
                values.add(word[1]);
              }
            });
    return json;
  }
}
