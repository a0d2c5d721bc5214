// SPDX-License-Identifier: Apache-2.0
package samples;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import mirage.config.build.DirectBuilder;
import mirage.config.command.Environment;
import mirage.config.command.Terminal;
import mirage.tools.BuildCache;

/** The mirage command as a test calls it: in this process, in a folder of the test's. */
record Tool(Path folder) {
  /** What a run printed, and how it ended. */
  record Result(String output, int status) {}

  /** A copy of a sample, without what an earlier build by hand may have left there. */
  static Tool onCopyOf(Path sample, Path folder) {
    try (Stream<Path> files = Files.walk(sample)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path relative = sample.relativize(file);
        if (!relative.startsWith("mirage") && !relative.startsWith("dist")) {
          Path copy = folder.resolve(relative);
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Tool(folder);
  }

  /**
   * Runs a command line.
   *
   * @param input what is typed on the unikernel's console
   */
  Result run(String input, String... words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    BuildCache cache = BuildCache.user();
    Environment environment =
        new Environment(
            folder.toAbsolutePath(),
            Map.of(),
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new Terminal(out, out),
            cache,
            new DirectBuilder(cache));
    int status = environment.run(words);
    return new Result(bytes.toString(StandardCharsets.UTF_8), status);
  }
}
