// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

/**
 * What an operand of a plain operation is. Some kinds have a range of their own; the ranges of globals, primitives and labels are
 * the program's, those of stack words and closures depend on where an instruction stands.
 */
public enum Operand {
  /** A word of the stack, counted from the top. */
  SLOT,
  /** How many words of the stack go. */
  WORDS,

  /** A field of a block. */
  FIELD("field", 0, HeapLayout.MAX_WORDS - 1),
  TAG("tag", 0, OcamlTags.CUSTOM),
  /** How many fields a new block has: so many values are used. */
  FIELDS("fields", 1, HeapLayout.MAX_WORDS),
  /** How many arguments a call has: so many values are used. */
  ARGUMENTS("arguments", 1, HeapLayout.MAX_WORDS),
  /** How many variables closures capture: so many values are used. */
  VARIABLES("captured variables", 0, HeapLayout.MAX_WORDS),

  /** A captured variable, a field of the block that the function's closure lies in. */
  VARIABLE,
  /** A closure of the same block, as a distance in words. */
  CLOSURE,
  /** How many arguments a function takes besides the first. */
  MORE_ARGUMENTS,

  /** An OCaml int, not tagged. */
  INTEGER,
  /** Where the virtual machine remembers a method it found. */
  CACHE,
  /** A slot of the table of globals. */
  GLOBAL,
  /** An index in the table of primitives. */
  PRIMITIVE,

  /** How many labels are for constant constructors; those for blocks follow. In the file both numbers share the word. */
  CASES,
  /** How many labels of functions there are. */
  FUNCTIONS,

  /** A label: where control may go. */
  TARGET,
  /** A label: where control goes when an exception is raised. */
  HANDLER,
  /** A label: where a call will return to. */
  RETURN,
  /** A label: the first instruction of a function. */
  FUNCTION;

  private final String what;
  private final int first;
  private final int last;

  Operand() {
    this(null, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  Operand(String what, int first, int last) {
    this.what = what;
    this.first = first;
    this.last = last;
  }

  /** Whether it names an instruction. In the file it counts from the word of the instruction's first label. */
  public boolean isLabel() {
    return compareTo(TARGET) >= 0;
  }

  /** Whether it tells how many values an operation uses. */
  boolean countsValues() {
    return this == FIELDS || this == ARGUMENTS || this == VARIABLES;
  }

  boolean allows(int value) {
    return value >= first && value <= last;
  }

  /** As a message calls an operand of this kind. */
  String named(int value) {
    return what + " " + value;
  }

  /** The range, for a message. */
  String range() {
    return first + " to " + last;
  }
}
