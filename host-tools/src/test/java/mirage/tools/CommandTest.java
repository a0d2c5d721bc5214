// SPDX-License-Identifier: Apache-2.0
package mirage.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {
  @Test
  void capturesBothStreams() {
    Command.Result result = Command.of("sh", "-c", "echo out; echo err >&2").run();
    assertThat(result).isEqualTo(new Command.Result(0, "out\n", "err\n"));
  }

  @Test
  void passesInputDirectoryAndEnvironment(@TempDir Path folder) throws Exception {
    Command.Result result =
        Command.of("sh")
            .with("-c", "cat; pwd; echo $COLOUR")
            .in(folder)
            .environment("COLOUR", "blue")
            .input("text ")
            .run();
    assertThat(result.output()).isEqualTo("text " + folder.toRealPath() + "\nblue\n");
  }

  @Test
  void survivesMoreOutputAndInputThanPipesHold() {
    String large = "x".repeat(1 << 20);
    assertThat(Command.of("cat").input(large).run().output()).isEqualTo(large);
    assertThat(Command.of("true").input(large).run().status()).isZero();
  }

  @Test
  void linesOfBothStreamsArePassedOn() {
    List<String> lines = new ArrayList<>();
    Command command = Command.of("sh", "-c", "echo out; echo err >&2; printf last; exit 3");
    assertThat(command.follow(lines::add)).isEqualTo(3);
    assertThat(lines).containsExactly("out", "err", "last");
  }

  @Test
  void failureCarriesTheProgramsOwnWords() {
    assertThatThrownBy(() -> Command.of("sh", "-c", "echo no such thing >&2; exit 3").run())
        .isInstanceOf(MirageException.class)
        .hasMessage(
            "sh failed with status 3:\nno such thing\ncommand: sh -c 'echo no such thing >&2; exit 3'");
    assertThat(Command.of("sh", "-c", "exit 3").execute().status()).isEqualTo(3);
  }

  @Test
  void missingProgramNamesItsPackage(@TempDir Path folder) {
    assertThatThrownBy(() -> Command.of(folder.resolve("ocamlfind").toString()).run())
        .isInstanceOf(MirageException.class)
        .hasMessageContaining("Debian package ocaml-findlib (apt-get install ocaml-findlib)");
    assertThatThrownBy(() -> Command.of("no-such-program-anywhere").run())
        .hasMessage("no-such-program-anywhere: program not found along PATH");
  }

  @Test
  void missingDirectoryIsNotAMissingProgram(@TempDir Path folder) {
    assertThatThrownBy(() -> Command.of("true").in(folder.resolve("none")).run())
        .hasMessage("true: no such directory: " + folder.resolve("none"));
  }

  @Test
  void stopsAfterTheTimeout() {
    long start = System.nanoTime();
    Command slow = Command.of("sh", "-c", "sleep 30 & wait").timeout(Duration.ofMillis(200));
    assertThatThrownBy(slow::run)
        .isInstanceOf(MirageException.class)
        .hasMessageContaining("still running after 0.2 s, stopped");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void lineCanBePastedIntoAShell() {
    Command command = Command.of("printf", "%s\n", "it's", "plain-1.0/x");
    assertThat(Command.of("sh", "-c", command.line()).run().output())
        .isEqualTo(command.run().output());
  }

  @Test
  void everyToolOfThePackageTableIsFoundHereOrSaysWhereItIs() {
    assertThat(Tools.find("sh")).isPresent();
    assertThat(Tools.packageOf("/usr/bin/xtensa-lx106-elf-gcc")).contains("gcc-xtensa-lx106");
    assertThat(Tools.missing("ocamlc"))
        .hasMessage(
            "ocamlc: not installed; it is in the Debian package ocaml-nox (apt-get install ocaml-nox)");
  }
}
