// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.bus;

import java.util.Arrays;

/**
 * Where in the {@link Storage} the pages of an address space are that need no second look: memory with the right to do it,
 * nothing decoded from it, no watchpoint. For every page there is a number to be added to an address; the sum is a
 * place in the storage, or beyond {@link Storage#MAX_SIZE} if the page is not reached directly.
 *
 * <p>Code made for speed uses the tables themselves; they stay the same arrays.
 */
public final class DirectPages {
  /** Bits of an address below the page's number. */
  public static final int SHIFT = Page.SHIFT;

  private static final int COUNT = 1 << 32 - SHIFT;

  /** Leads addresses below the storage's largest size out of it; others are beyond it as they are. */
  private static final int OUT = 0x80000000;

  private static final int LOW = Storage.MAX_SIZE >>> SHIFT;

  private final int[] loads = new int[COUNT];
  private final int[] stores = new int[COUNT];
  private final boolean[] wordsOnly = new boolean[COUNT];

  DirectPages() {
    Arrays.fill(loads, 0, LOW, OUT);
    Arrays.fill(stores, 0, LOW, OUT);
  }

  /** By page, what leads a load to its place. */
  public int[] loads() {
    return loads;
  }

  /** By page, what leads a store to its place. */
  public int[] stores() {
    return stores;
  }

  /** By page, whether only aligned words can be accessed. */
  public boolean[] wordsOnly() {
    return wordsOnly;
  }

  /**
   * Enters a page.
   *
   * @param place its first byte in the storage
   */
  void enter(int number, int place, boolean forLoads, boolean forStores, boolean forWordsOnly) {
    loads[number] = forLoads ? place - (number << SHIFT) : out(number);
    stores[number] = forStores ? place - (number << SHIFT) : out(number);
    wordsOnly[number] = forWordsOnly;
  }

  /** Enters a page that is not reached directly. */
  void remove(int number) {
    loads[number] = out(number);
    stores[number] = out(number);
  }

  private static int out(int number) {
    return number < LOW ? OUT : 0;
  }

  /** The index of a word in the storage; not below its length if the word is not reached directly or not aligned. */
  int wordLoad(int address) {
    return Integer.rotateRight(address + loads[address >>> SHIFT], 2);
  }

  int wordStore(int address) {
    return Integer.rotateRight(address + stores[address >>> SHIFT], 2);
  }

  /** The place of a byte in the storage; negative if it is not reached directly. */
  int byteLoad(int address) {
    return wordsOnly[address >>> SHIFT] ? -1 : place(address + loads[address >>> SHIFT]);
  }

  int byteStore(int address) {
    return wordsOnly[address >>> SHIFT] ? -1 : place(address + stores[address >>> SHIFT]);
  }

  private static int place(int sum) {
    return sum < Storage.MAX_SIZE ? sum : -1;
  }
}
