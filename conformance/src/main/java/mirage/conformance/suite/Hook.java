// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.suite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import mirage.conformance.chip.ChipProgram;
import mirage.conformance.chip.Main;
import mirage.tools.Command;

/**
 * A script that runs a test's program instead of ocamltest, {@code <test>.run}. The program it gets is a script in
 * its turn, which runs the emulator.
 *
 * @param file the test
 */
record Hook(Path file) {
  private static final Pattern ANSWER = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  /** What the script did. */
  record Result(int status, String output) {}

  boolean exists() {
    return Files.exists(script());
  }

  private Path script() {
    return file.resolveSibling(file.getFileName().toString().replaceFirst("\\.\\w+$", ".run"));
  }

  Result run(ChipProgram program, double seconds, Variables variables, Path work)
      throws IOException {
    Path runner = work.resolve("run-on-chip");
    String command =
        Command.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                program.image().toString(),
                program.memory().name(),
                Double.toString(seconds))
            .line();
    Files.writeString(runner, "#!/bin/sh\nexec " + command + " \"$@\"\n");
    Files.setPosixFilePermissions(runner, PosixFilePermissions.fromString("rwx------"));
    Path output = work.resolve("hook.output");
    Path answer = work.resolve("hook.answer");
    Files.writeString(answer, "");
    Files.writeString(output, "");
    Variables all =
        variables
            .with("program", runner.toString())
            .with("output", output.toString())
            .with("ocamltest_response", answer.toString());
    Command hook = Command.of("sh", script().toString()).in(work);
    for (Map.Entry<String, String> variable : all.environment().entrySet()) {
      hook = hook.environment(variable.getKey(), variable.getValue());
    }
    int status = hook.execute().status();
    for (MatchResult line : ANSWER.matcher(Files.readString(answer)).results().toList()) {
      if (line.group(1).equals("exit_status")) {
        status = Integer.parseInt(line.group(2));
      }
    }
    return new Result(status, Files.readString(output, StandardCharsets.ISO_8859_1));
  }
}
