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
  void valuesAreShownByTheirShape() throws IOException {
    Files.writeString(
        folder.resolve("shapes.ml"),
        """
        type shape = Dot | Circle of float | Box of int * string
        let rec show depth real text wide small list f array shape =
          if depth = 0 then
            String.length text + List.length list + Array.length array + f 1
            + int_of_float real + Int64.to_int wide + Int32.to_int small
            + (match shape with Dot -> 0 | Circle _ -> 1 | Box (n, _) -> n)
          else 1 + show (depth - 1) real text wide small list f array shape
        let () =
          let n = Array.length Sys.argv in
          let real = float_of_int n +. 0.5 and twice x = 2 * x in
          print_int
            (show 1 real "a \\"b\\"\\n" (Int64.of_int (-n)) (Int32.of_int n) [ "x"; "y" ]
               (Sys.opaque_identity twice) [| real; 2.5 |] (Box (n, "b")))
        """);
    Command.of("ocamlc", "-g", "-o", "shapes.byte", "shapes.ml").in(folder).run();
    assertThat(new Tool(folder).run("", "native", "shapes.byte").status()).isZero();
    assertThat(
            new Tool(folder)
                .run("break show\nrun\nargs\nprint x\n", "debug", "shapes.elf")
                .output())
        .contains(
            """
            (mirage) args
            depth = 1
            real = 1.5
            text = "a \\"b\\"\\n"
            wide = -1L
            small = 1l
            list = ("x", ("y", 0))
            f = <fun Shapes.twice>
            array = [|1.5; 2.5|]
            shape = tag1(1, "b")
            (mirage) print x
            no argument 'x'; there are: depth = 1,""");
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
        .contains("Unikernel.Hello.start at unikernel.ml:19\n19        greet 1\n")
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
