// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.program;

/**
 * A constant too wide for the chip, where an int has 31 bits and a nativeint 32.
 *
 * @param place {@code file:line} where it is used, or the unit's name, as far as known
 * @param value what stands in the source
 * @param becomes what the program will compute with
 */
public record WideInteger(String place, long value, int becomes) {

  /** The warning to print. */
  public String message() {
    return "%s: warning: integer %d does not fit 31 bits; on the chip it is %d"
        .formatted(place, value, becomes);
  }
}
