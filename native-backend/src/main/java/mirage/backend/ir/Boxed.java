// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

/** Kinds of numbers that OCaml keeps in a block of their own. */
public enum Boxed implements Immediate {
  INT32(1, 1),
  NATIVEINT(1, 1),
  INT64(2, 1),
  FLOAT(2, 0);

  private final int words;
  private final int first;

  Boxed(int words, int first) {
    this.words = words;
    this.first = first;
  }

  /** Words of the number itself, the low one first. */
  public int words() {
    return words;
  }

  /** Where in the block they begin. */
  public int first() {
    return first;
  }

  /** One word of a boxed number. */
  public record Part(Boxed kind, int word) implements Immediate {
    /** Offset in the block, in bytes. */
    public int offset() {
      return 4 * (kind.first() + word);
    }

    @Override
    public String toString() {
      return kind + "." + word;
    }
  }
}
