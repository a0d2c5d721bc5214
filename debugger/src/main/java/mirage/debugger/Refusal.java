// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

/** What was asked for cannot be done; the message says why, and what can. */
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  Refusal(String message) {
    super(message, null, false, false);
  }
}
