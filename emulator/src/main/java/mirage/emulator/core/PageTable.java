// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Blocks by address, in pages of 4096 bytes; three levels, for code is rare in 4 GB. */
final class PageTable {
  private static final int PAGE_SHIFT = 12;
  private static final int PAGE_SIZE = 1 << PAGE_SHIFT;
  private static final int HIGH_SHIFT = 22;
  private static final int LEVEL = 1 << 10;
  private static final Block[][] NO_PAGES = new Block[LEVEL][];
  private static final Block[] NO_BLOCKS = new Block[PAGE_SIZE];

  static {
    Arrays.fill(NO_PAGES, NO_BLOCKS);
  }

  private final Block[][][] pages = new Block[LEVEL][][];

  PageTable() {
    Arrays.fill(pages, NO_PAGES);
  }

  /** The block that starts at an address, or null. */
  Block at(int address) {
    Block[] page = pages[address >>> HIGH_SHIFT][address >>> PAGE_SHIFT & LEVEL - 1];
    return page[address & PAGE_SIZE - 1];
  }

  void put(int address, Block block) {
    int high = address >>> HIGH_SHIFT;
    if (pages[high] == NO_PAGES) {
      pages[high] = NO_PAGES.clone();
    }
    int low = address >>> PAGE_SHIFT & LEVEL - 1;
    if (pages[high][low] == NO_BLOCKS) {
      pages[high][low] = new Block[PAGE_SIZE];
    }
    pages[high][low][address & PAGE_SIZE - 1] = block;
  }

  /** All blocks. */
  List<Block> all() {
    List<Block> found = new ArrayList<>();
    for (Block[][] level : pages) {
      for (int low = 0; level != NO_PAGES && low < LEVEL; low++) {
        if (level[low] != NO_BLOCKS) {
          Arrays.stream(level[low]).filter(Objects::nonNull).forEach(found::add);
        }
      }
    }
    return found;
  }

  /** Forgets the blocks of the page of an address; false if there were none. */
  boolean forget(int address) {
    int high = address >>> HIGH_SHIFT;
    int low = address >>> PAGE_SHIFT & LEVEL - 1;
    if (pages[high][low] == NO_BLOCKS) {
      return false;
    }
    pages[high][low] = NO_BLOCKS;
    return true;
  }
}
