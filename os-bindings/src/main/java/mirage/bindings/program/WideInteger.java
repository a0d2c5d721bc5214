// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.program;

/**
 * A constant too wide for the chip, where an int has 31 bits and a nativeint 32.
 *
 * @param place {@code file:line} where it is used, or the unit's name, as far as known
 * @param value what stands in the source
 * @param boxed whether it is a nativeint
 */
public record WideInteger(String place, long value, boolean boxed) {

  /** What the program will compute with. */
  public int becomes() {
    return boxed ? (int) value : (int) value << 1 >> 1;
  }

  /** The warning to print. */
  public String message() {
    return boxed
        ? "%s: %dn does not fit the 32 bits of nativeint; on the chip it is %dn"
            .formatted(place, value, becomes())
        : "%s: %d does not fit the 31 bits of int; on the chip it is %d"
            .formatted(place, value, becomes());
  }
}
