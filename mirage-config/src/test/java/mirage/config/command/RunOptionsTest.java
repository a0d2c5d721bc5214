// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mirage.emulator.run.RunOptions;
import mirage.tools.AtomicFiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** An option of runs is declared once, and every command that runs something has it. */
class RunOptionsTest {
  static List<OptionSpec> options() {
    return CommandSpec.forAnnotatedObject(new RunOptions()).options();
  }

  @ParameterizedTest
  @MethodSource("options")
  void everyCommandThatRunsSomethingHasIt(OptionSpec option) {
    List<CommandSpec> commands =
        List.of(
            CommandSpec.forAnnotatedObject(new RunCommand(List.of(), List.of())),
            CommandSpec.forAnnotatedObject(new ProfileCommand(List.of())));
    assertThat(commands)
        .allSatisfy(
            command -> {
              OptionSpec own = command.findOption(option.longestName());
              assertThat(own).as(option.longestName()).isNotNull();
              assertThat(own.description()).isEqualTo(option.description());
            });
  }

  @ParameterizedTest
  @MethodSource("options")
  void oneSourceFileNamesIt(OptionSpec option) throws IOException {
    String declaration = "names = \"" + option.longestName() + "\"";
    assertThat(Stream.concat(sources("../emulator"), sources(".")))
        .filteredOn(file -> text(file).contains(declaration))
        .extracting(file -> file.getFileName().toString())
        .containsExactly("RunOptions.java");
  }

  private static String text(Path file) {
    return new String(AtomicFiles.read(file), StandardCharsets.UTF_8);
  }

  private static Stream<Path> sources(String module) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(module, "src/main/java"))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    }
  }
}
