// SPDX-License-Identifier: Apache-2.0
package mirage.config.build;

import java.util.Locale;
import java.util.Optional;

/**
 * A message of the build, on its way through Maven's output to the command.
 *
 * @param kind what it is
 * @param text one line or more
 */
public record BuildMessage(Kind kind, String text) {
  private static final String MARK = "@mirage:";
  private static final String LINE_BREAK = "\u0001";

  /** What a message is. */
  public enum Kind {
    STEP,
    DETAIL,
    WARNING,
    ERROR
  }

  /** As one line of output. */
  public String line() {
    return MARK + kind.name().toLowerCase(Locale.ROOT) + ":" + text.replace("\n", LINE_BREAK);
  }

  /** The message in a line of output. */
  static Optional<BuildMessage> parse(String line) {
    int start = line.indexOf(MARK);
    if (start < 0) {
      return Optional.empty();
    }
    String rest = line.substring(start + MARK.length());
    int colon = rest.indexOf(':');
    return Optional.of(
        new BuildMessage(
            Kind.valueOf(rest.substring(0, colon).toUpperCase(Locale.ROOT)),
            rest.substring(colon + 1).replace(LINE_BREAK, "\n")));
  }
}
