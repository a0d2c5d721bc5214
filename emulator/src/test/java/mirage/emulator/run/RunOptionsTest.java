// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mirage.emulator.net.NetworkArguments;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class RunOptionsTest {
  private static List<String> names(Object options) {
    return CommandSpec.forAnnotatedObject(options).options().stream()
        .flatMap(option -> List.of(option.names()).stream())
        .toList();
  }

  @Test
  void theEmulatorsCommandHasThemAll() {
    Main.Run command =
        new Main.Run(InputStream.nullInputStream(), new ByteArrayOutputStream(), System.err);
    assertThat(names(command))
        .containsAll(names(new RunOptions()))
        .containsAll(names(new NetworkArguments()));
  }

  @Test
  void theManualHasThemAll() throws Exception {
    String manual = Files.readString(Path.of("../docs/emulator.md"));
    assertThat(names(new RunOptions()))
        .hasSizeGreaterThan(5)
        .allMatch(it -> manual.contains("`" + it));
    assertThat(names(new NetworkArguments())).allMatch(it -> manual.contains("`" + it));
  }

  @Test
  void sayWhatMeansNothingToAProcessOrToSeveralBoards() {
    CommandLine line = new CommandLine(CommandSpec.forAnnotatedObject(new RunOptions()));
    CommandLine.ParseResult typed =
        line.parseArgs("--expect", "x", "--timeout=1", "--count", "--seed=2", "--gdb=0");
    assertThat(RunOptions.without(RunOptions.Runs.BOARDS, typed)).containsExactly("--gdb");
    assertThat(RunOptions.without(RunOptions.Runs.PROCESS, typed))
        .containsExactly("--gdb", "--count", "--seed");
  }

  @Test
  void accessorsHoldWhatIsTyped() {
    RunOptions options = RunOptions.of("--timeout=2", "--flash=kept", "--trace=-");
    options.in(Path.of("somewhere"));
    assertThat(options.deadline(7)).isEqualTo(7 + 2 * 480_000_000L);
    assertThat(new RunOptions().deadline(7)).isEqualTo(Long.MAX_VALUE);
    assertThat(options.flash()).contains(Path.of("somewhere", "kept"));
    assertThat(options.trace()).as("standard error is no file").contains("-");
    assertThatThrownBy(() -> RunOptions.of("--gdb=99999")).hasMessageContaining("0 to 65535");
    assertThatThrownBy(() -> RunOptions.of("--mac=1:2:3")).hasMessageContaining("1:2:3");
  }
}
