// SPDX-License-Identifier: Apache-2.0
package mirage.config.action;

import java.util.List;
import java.util.function.Consumer;
import mirage.config.graph.Problem;
import mirage.config.resolve.UserProblems;

/** The actions of a command, in order. */
public record Plan(List<Action> actions) {
  public Plan {
    actions = List.copyOf(actions);
  }

  /**
   * Executes every action, or none if something stands against one of them.
   *
   * @throws UserProblems naming all obstacles
   */
  public void execute() {
    check();
    actions.forEach(Action::execute);
  }

  /**
   * Prints what {@link #execute} would do.
   *
   * @throws UserProblems as it would
   */
  public void print(Consumer<String> line) {
    check();
    actions.stream().flatMap(action -> action.describe().lines()).forEach(line);
  }

  private void check() {
    List<Problem> obstacles =
        actions.stream().flatMap(action -> action.obstacles().stream()).toList();
    UserProblems.report(obstacles);
  }
}
