// SPDX-License-Identifier: Apache-2.0
package mirage.config.resolve;

import java.util.List;
import java.util.stream.Collectors;
import mirage.config.graph.Problem;
import mirage.tools.MirageException;

/** Several problems of one user input, reported together. */
public final class UserProblems extends MirageException {
  private static final long serialVersionUID = 1L;

  private final boolean usage;

  public UserProblems(List<Problem> problems) {
    super(problems.stream().map(Problem::text).distinct().collect(Collectors.joining("\n")));
    usage =
        problems.stream()
            .allMatch(
                p ->
                    p.where()
                        .matches("(argument|option|environment variable|current folder)\\b.*"));
  }

  /** Whether all of them are about what was given to the command. */
  public boolean usage() {
    return usage;
  }

  /** Throws if there is anything to report. */
  public static void report(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new UserProblems(problems);
    }
  }
}
