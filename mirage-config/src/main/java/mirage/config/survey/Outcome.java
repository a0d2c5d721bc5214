// SPDX-License-Identifier: Apache-2.0
package mirage.config.survey;

/**
 * What became of a library.
 *
 * @param library its findlib name
 * @param reason why it does not work; empty when it does
 */
public record Outcome(String library, Result result, String reason) {
  /** How far it came. */
  public enum Result {
    /** A program with all of it starts on the chip. */
    WORKS,
    /** It, or something it requires, needs what no chip has: an operating system, say. */
    REFUSED,
    /** Something it requires is not installed on this machine. */
    INCOMPLETE,
    /** The chip needs it, or something it requires, built from its sources. */
    NOT_AS_INSTALLED,
    /** A program with all of it cannot be linked. */
    NOT_LINKED,
    /** A program with all of it ends before its own code is reached. */
    NOT_STARTED
  }

  /** The package it is a part of. */
  String packageName() {
    return library.replaceFirst("\\..*", "");
  }

  boolean works() {
    return result == Result.WORKS;
  }
}
