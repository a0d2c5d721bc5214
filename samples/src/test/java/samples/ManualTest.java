// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import mirage.tools.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The session and the Java example of docs/native-backend.md: what they show is what happens. */
class ManualTest {
  private static final Path MANUAL = Path.of("../docs/native-backend.md");
  private static final String INDENT = "    ";

  @TempDir Path folder;

  /** Blocks of indented lines, without the indentation. */
  private static List<List<String>> blocks() throws IOException {
    List<List<String>> blocks = new ArrayList<>(List.of(new ArrayList<>()));
    for (String line : Files.readAllLines(MANUAL)) {
      List<String> last = blocks.get(blocks.size() - 1);
      if (line.startsWith(INDENT)) {
        last.add(line.substring(INDENT.length()));
      } else if (line.isEmpty() && !last.isEmpty()) {
        last.add("");
      } else if (!last.isEmpty()) {
        blocks.add(new ArrayList<>());
      }
    }
    return blocks;
  }

  private static List<String> block(String start) throws IOException {
    return blocks().stream()
        .filter(block -> !block.isEmpty() && block.get(0).startsWith(start))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theSessionIsTrue() throws IOException {
    List<String> session = block("$ ");
    StringBuilder found = new StringBuilder();
    int at = 0;
    while (at < session.size()) {
      String line = session.get(at++);
      if (line.startsWith("$ ")) {
        StringBuilder typed = new StringBuilder(line.substring(2)).append('\n');
        if (line.contains("<<EOF")) {
          do {
            typed.append(session.get(at)).append('\n');
          } while (!session.get(at++).equals("EOF"));
        }
        found.append("$ ").append(typed).append(execute(typed.toString()));
      }
    }
    assertThat(found.toString().strip()).isEqualTo(String.join("\n", session).strip());
  }

  private String execute(String typed) {
    if (typed.startsWith("mirage ")) {
      String[] words = typed.substring("mirage ".length()).strip().split(" ");
      Tool.Result result = new Tool(folder).run("", words);
      return result.output() + status(result.status());
    }
    Command.Result result = Command.of("sh", "-c", typed).in(folder).execute();
    return result.output() + result.errors() + status(result.status());
  }

  private static String status(int status) {
    return status == 0 ? "" : "[" + status + "]\n";
  }

  /** Its file names are those of the session, in the folder where it runs: here they are made absolute. */
  @Test
  void theExampleCompilesAndRuns() throws Exception {
    theSessionIsTrue();
    Files.delete(folder.resolve("sum.elf"));
    String text =
        String.join("\n", block("import java.nio.file.Path;"))
            .replace("Path.of(\"", "Path.of(\"" + folder + "/");
    Path source = Files.writeString(folder.resolve("CompileSum.java"), text);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                Stream.of("-classpath", System.getProperty("java.class.path"), "-d", folder, source)
                    .map(Object::toString)
                    .toArray(String[]::new));
    assertThat(status).isZero();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Object arguments = new String[0];
      loader.loadClass("CompileSum").getMethod("main", String[].class).invoke(null, arguments);
    }
    assertThat(new Tool(folder).run("", "run", "sum.elf", "--", "4"))
        .isEqualTo(new Tool.Result("40\n", 1));
  }
}
