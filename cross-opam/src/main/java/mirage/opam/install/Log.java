// SPDX-License-Identifier: Apache-2.0
package mirage.opam.install;

import java.nio.file.Path;
import java.util.List;
import mirage.tools.AtomicFiles;
import mirage.tools.Command;
import mirage.tools.MirageException;

/** Runs a package's commands one by one and keeps what they print. */
final class Log {
  private static final int LAST_LINES = 15;

  private final String title;
  private final Path file;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param title of the package, for messages
   * @param file where all is kept when a command fails
   */
  Log(String title, Path file) {
    this.title = title;
    this.file = file;
  }

  void note(String line) {
    text.append("# ").append(line).append('\n');
  }

  /**
   * Runs a command.
   *
   * @param shown as messages name it
   * @throws MirageException when it fails, with its last lines and where the rest is
   */
  void run(String shown, Command command) {
    text.append("$ ").append(shown).append('\n');
    Command.Result result;
    try {
      result = command.execute();
    } catch (MirageException e) {
      throw failure(shown + ": " + e.getMessage());
    }
    text.append(result.output()).append(result.errors());
    if (!result.succeeded()) {
      throw failure("%s: status %d\n%s".formatted(shown, result.status(), last(result.message())));
    }
  }

  /** A failure of the package, which says where the log is. */
  MirageException failure(String reason) {
    AtomicFiles.write(file, text + "# " + reason + "\n");
    return new MirageException(
        "package %s: its build failed: %s\nlog: %s".formatted(title, reason, file));
  }

  String text() {
    return text.toString();
  }

  private static String last(String message) {
    List<String> lines = message.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }
}
