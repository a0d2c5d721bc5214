// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import mirage.tools.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The session of docs/debugger.md: what it shows is what happens. */
class DebuggerManualTest {
  private static final String INDENT = "    ";
  private static final String PROMPT = "(mirage) ";

  @TempDir Path folder;

  @Test
  void theSessionIsTrue() throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of("../docs/debugger.md")).stream()
            .dropWhile(line -> !line.startsWith(INDENT))
            .takeWhile(line -> line.startsWith(INDENT) || line.isEmpty())
            .map(line -> line.isEmpty() ? "" : line.substring(INDENT.length()))
            .toList();
    int start = 0;
    while (!lines.get(start).startsWith("$ ocamlc")) {
      start++;
    }
    Files.write(folder.resolve("tree.ml"), lines.subList(1, start - 1));
    Command.of("ocamlc", "-g", "-o", "tree.byte", "tree.ml").in(folder).run();
    assertThat(new Tool(folder).run("", "native", "tree.byte").status()).isZero();

    List<String> session = lines.subList(start + 3, lines.size());
    String commands =
        session.stream()
            .filter(line -> line.startsWith(PROMPT))
            .map(line -> line.substring(PROMPT.length()) + "\n")
            .collect(Collectors.joining());
    Tool.Result result = new Tool(folder).run(commands, "debug", "tree.elf");
    assertThat(result.output().strip()).isEqualTo(String.join("\n", session).strip());
    assertThat(result.status()).isZero();
  }

  @Test
  void unikernelsStopInTheirSource() {
    Tool tool = Tool.onCopyOf(Path.of("hello"), folder);
    assertThat(tool.run("", "configure", "-t", "esp32", "--backend", "native").status()).isZero();
    String commands =
        """
        break Unikernel.Hello.start
        break unikernel.ml:14
        run
        backtrace
        continue
        backtrace
        quit
        """;
    assertThat(tool.run(commands, "debug").output())
        .contains("Unikernel.Hello.start at unikernel.ml:11\n11        let rec greet round =\n")
        .contains("Unikernel.Hello.start.greet at unikernel.ml:14\n14            Logs.info")
        .containsPattern("#\\d  Main\\S* at mirage/main.ml:\\d+");
  }

  @Test
  void bytecodeIsRefusedWithWhatToDo() {
    Tool tool = Tool.onCopyOf(Path.of("hello"), folder);
    tool.run("", "configure", "-t", "esp32", "--backend", "bytecode");
    Tool.Result result = tool.run("", "debug");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.output()).contains("run mirage configure --backend native");
  }
}
