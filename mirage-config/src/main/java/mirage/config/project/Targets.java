// SPDX-License-Identifier: Apache-2.0
package mirage.config.project;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mirage.config.graph.Problem;
import mirage.config.resolve.UserProblems;
import mirage.device.Target;

/** The targets by the names users type. */
public final class Targets {
  private Targets() {}

  /** All names. */
  public static List<String> names() {
    return Arrays.stream(Target.values()).map(Target::id).toList();
  }

  /**
   * The target of that name.
   *
   * @param where who named it, for the message, such as {@code option --target}
   */
  public static Target parse(String name, String where) {
    return Arrays.stream(Target.values())
        .filter(target -> target.id().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserProblems(
                    List.of(
                        new Problem(
                            "unknown target '%s', expected one of %s"
                                .formatted(name, String.join(", ", names())),
                            where))));
  }

  /** The target that an option names, else the environment variable MODE. */
  public static Optional<Target> chosen(Optional<String> option, Map<String, String> variables) {
    return option
        .map(name -> parse(name, "option --target"))
        .or(
            () ->
                Optional.ofNullable(variables.get("MODE"))
                    .filter(name -> !name.isEmpty())
                    .map(name -> parse(name, "environment variable MODE")));
  }
}
