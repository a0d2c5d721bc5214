// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Blocks that lead to each other and are translated together.
 *
 * <p>A site is an instruction of a region at which control may leave it: a memory access, a
 * division, an instruction of a unit. Sites are numbered.
 */
final class Region {
  private static final int PAGE_SHIFT = 12;

  /** Blocks by start address, in the order in which they are translated. */
  final Map<Integer, Block> blocks = new LinkedHashMap<>();

  /** Addresses where control may come in, also from its own returns. */
  final Set<Integer> entries = new TreeSet<>();

  /** What any of its blocks needs, in the bits of {@link State#blocked}. */
  int needs;

  Translation code;

  /** Addresses of words it holds as constants. */
  final Set<Integer> literals = new TreeSet<>();

  private final List<Block> siteBlocks = new ArrayList<>();
  private int[] siteIndexes = new int[64];

  void add(Block block) {
    blocks.put(block.start, block);
    needs |= block.needs;
  }

  /** Numbers instruction {@code index} of a block as a site. */
  int addSite(Block block, int index) {
    if (siteBlocks.size() == siteIndexes.length) {
      siteIndexes = Arrays.copyOf(siteIndexes, siteIndexes.length * 2);
    }
    siteIndexes[siteBlocks.size()] = index;
    siteBlocks.add(block);
    return siteBlocks.size() - 1;
  }

  Block siteBlock(int site) {
    return siteBlocks.get(site);
  }

  /** The index of a site's instruction in its block. */
  int siteIndex(int site) {
    return siteIndexes[site];
  }

  /** The pages its code and literals lie in, by number. */
  Set<Integer> pages() {
    Set<Integer> pages = new TreeSet<>();
    for (Block block : blocks.values()) {
      pages.add(block.start >>> PAGE_SHIFT);
      pages.add(block.end - 1 >>> PAGE_SHIFT);
    }
    literals.forEach(address -> pages.add(address >>> PAGE_SHIFT));
    return pages;
  }
}
