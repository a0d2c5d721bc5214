// SPDX-License-Identifier: Apache-2.0
package mirage.config.graph;

import java.util.List;
import java.util.Optional;

/**
 * A key as the command line shows it.
 *
 * @param name the key's name
 * @param options option names without dashes
 * @param kind whether it takes a value, and whether it must be given
 * @param stage when its value is fixed
 * @param defaultValue what it is when not given, for people
 * @param doc one sentence
 * @param docv what its value is called
 * @param section the section of the help it stands in
 * @param environment variable that gives it a value
 */
public record KeyOption(
    String name,
    List<String> options,
    Kind kind,
    Key.Stage stage,
    Optional<String> defaultValue,
    String doc,
    String docv,
    String section,
    Optional<String> environment) {

  /** Whether a key takes a value. */
  public enum Kind {
    OPT,
    REQUIRED,
    FLAG
  }

  /** The option as typed: one dash before a single letter, else two. */
  public static String dashed(String option) {
    return (option.length() == 1 ? "-" : "--") + option;
  }
}
