// SPDX-License-Identifier: Apache-2.0
package mirage.config.project;

import java.util.Arrays;
import java.util.List;
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

  /** The target of that name. */
  public static Target parse(String name) {
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
                            "option --target"))));
  }
}
