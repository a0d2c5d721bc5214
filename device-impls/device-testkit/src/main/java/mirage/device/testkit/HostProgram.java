// SPDX-License-Identifier: Apache-2.0
package mirage.device.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import mirage.tools.Command;

/**
 * A program linked with the test board.
 *
 * @param file the executable
 */
public record HostProgram(Path file) {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Runs it with boot arguments, which must not contain blanks. */
  public Command.Result run(String... arguments) {
    return run(Map.of(), arguments);
  }

  /**
   * What a run with these boot arguments prints.
   *
   * @throws AssertionError if its status is not 0
   */
  public String output(String... arguments) {
    Command.Result result = run(arguments);
    if (result.status() != 0) {
      throw new AssertionError(
          "status %d%n%s%s".formatted(result.status(), result.output(), result.errors()));
    }
    return result.output();
  }

  /**
   * Runs it with settings of the test board or other environment variables.
   *
   * @param environment such as {@code BOARD_INPUT}; they are listed in {@code test_board.c}
   */
  public Command.Result run(Map<String, String> environment, String... arguments) {
    Command command =
        Command.of(file.toString())
            .timeout(LIMIT)
            .environment("BOARD_ARGS", String.join(" ", arguments));
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      command = command.environment(variable.getKey(), variable.getValue());
    }
    return command.execute();
  }
}
