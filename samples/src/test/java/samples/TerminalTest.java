// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import mirage.config.command.Main;
import mirage.tools.Command;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mirage command as a process among others: pipes that break, disks that are full, ctrl-C. */
class TerminalTest {
  @TempDir static Path folder;

  @BeforeAll
  static void compile() throws IOException {
    program("endless", "let () = while true do print_endline \"y\" done");
    program(
        "upper",
        "let () = try while true do print_endline (String.uppercase_ascii (read_line ())) done"
            + " with End_of_file -> print_endline \"end\"");
  }

  private static void program(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name + ".ml"), text);
    Command.of("ocamlc", "-g", "-o", name + ".byte", name + ".ml").in(folder).run();
    assertThat(new Tool(folder).run("", "native", name + ".byte").status()).isZero();
  }

  /** In a shell, with {@code $mirage} for the command; temporary files are made in a folder of their own. */
  private static Command shell(String line) throws IOException {
    Path temporary = Files.createDirectories(folder.resolve("temporary"));
    String mirage =
        "%s -Djava.io.tmpdir=%s -cp %s %s"
            .formatted(
                ProcessHandle.current().info().command().orElse("java"),
                temporary,
                System.getProperty("java.class.path"),
                Main.class.getName());
    return Command.of("bash", "-c", line)
        .environment("mirage", mirage)
        .in(folder)
        .timeout(Duration.ofSeconds(60));
  }

  private static List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("temporary"))) {
      return files.map(Path::toString).toList();
    }
  }

  @Test
  void aRunEndsWithTheReaderOfItsOutput() throws IOException {
    Command.Result result = shell("$mirage run endless.elf | head -1; echo ${PIPESTATUS[0]}").run();
    assertThat(result.output()).isEqualToIgnoringNewLines("y\n141\n");
    assertThat(result.errors()).isEmpty();
  }

  @Test
  void outputThatCannotBeWrittenIsAFailure() throws IOException {
    for (String command : List.of("run endless.elf", "help", "--version")) {
      Command.Result result = shell("$mirage " + command + " >/dev/full").execute();
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.errors())
          .isEqualTo("mirage: cannot write to standard output: No space left on device\n");
    }
  }

  @Test
  void nothingIsLeftAfterAnInterrupt() throws IOException {
    Command.Result result =
        shell(
                "$mirage run endless.elf -- argument > out & until [ -s out ]; do sleep 0.1; done;"
                    + " kill -TERM $!; wait $!; echo $?")
            .run();
    assertThat(result.output()).isEqualTo("143\n");
    assertThat(left()).isEmpty();
  }

  /** As root may read everything, it lets that right go. */
  @Test
  void whatMayNotBeReadIsNotSaidToBeMissing() throws IOException {
    Files.createDirectory(folder.resolve("closed"));
    Files.writeString(folder.resolve("closed/config.ml"), "");
    String restricted =
        "$([ $(id -u) != 0 ] || echo setpriv --bounding-set=-dac_override,-dac_read_search)";
    for (String command :
        List.of(
            "configure closed",
            "build -f closed/config.ml",
            "run closed/prog.elf",
            "native closed/prog.byte",
            "install ./closed")) {
      Command.Result result =
          shell(
                  "chmod 0 closed; %s $mirage %s; status=$?; chmod 700 closed; exit $status"
                      .formatted(restricted, command))
              .execute();
      assertThat(result.status()).as(command).isEqualTo(1);
      assertThat(result.errors())
          .startsWith("mirage: cannot read ")
          .contains("/closed")
          .endsWith(": permission denied\n");
    }
  }

  @Test
  void programsEndWithTheToolThatRunsThem() throws IOException {
    Files.createDirectory(folder.resolve("slow"));
    Files.writeString(
        folder.resolve("slow/config.ml"),
        "let () = ignore (Sys.command \"touch began; sleep 5; touch ended\")");
    Command.Result result =
        shell(
                "(trap - INT; exec $mirage configure slow) & until [ -e slow/began ]; do sleep 0.1; done;"
                    + " kill -TERM $!; wait $!; echo $?; sleep 5; ls slow")
            .run();
    assertThat(result.output()).isEqualTo("143\nbegan\nconfig.ml\n");
    assertThat(left()).isEmpty();
  }

  @Test
  void inputFromAPipeEnds() throws IOException {
    Command.Result result = shell("printf 'one\\ntwo' | $mirage run upper.elf").execute();
    assertThat(result.output()).isEqualToIgnoringNewLines("ONE\nTWO\nend\n");
    assertThat(result.status()).as(result.errors()).isZero();
  }
}
