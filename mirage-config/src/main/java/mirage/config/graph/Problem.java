// SPDX-License-Identifier: Apache-2.0
package mirage.config.graph;

/**
 * A problem in the user's input.
 *
 * @param message what was found, what was allowed, what to do
 * @param where the place, such as {@code option --port}; may be empty
 */
public record Problem(String message, String where) {
  public Problem {
    where = where == null ? "" : where;
  }

  /** The line shown to the user. */
  public String text() {
    return where.isEmpty() ? message : where + ": " + message;
  }
}
