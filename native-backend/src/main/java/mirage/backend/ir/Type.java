// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

/** What a variable's bits mean; only {@link #VALUE} is seen by the garbage collector. */
public enum Type {
  /** A tagged OCaml value: an immediate with the low bit set, or a pointer to a block. */
  VALUE("v"),
  /** A 32-bit word: an untagged integer, or an address outside the heap. */
  WORD("w"),
  /** A 64-bit integer. */
  LONG("l"),
  /** A double. */
  DOUBLE("d");

  private final String prefix;

  Type(String prefix) {
    this.prefix = prefix;
  }

  String prefix() {
    return prefix;
  }
}
