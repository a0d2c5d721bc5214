// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

/**
 * The place of a function's closure among those made together, which share a block: a code pointer and a word of information for each,
 * a header in front of all but the first; then the captured variables (runtime/interp.c, CLOSUREREC).
 *
 * @param index its number among them
 * @param count how many they are
 */
public record ClosureMember(int index, int count) {
  /** From one closure to the next. */
  private static final int WORDS = 3;

  /** The field, counted from this closure, that has the first captured variable. */
  public int firstVariable() {
    return WORDS * (count - index) - 1;
  }

  /** The number of the closure so many words from this one; -1 if there is none. */
  public int sibling(int words) {
    int to = index + words / WORDS;
    return words % WORDS == 0 && to >= 0 && to < count ? to : -1;
  }
}
