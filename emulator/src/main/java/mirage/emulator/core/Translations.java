// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The regions that have been translated. */
final class Translations {
  private static final int PAGE_SHIFT = 12;

  private final RegionFinder finder;
  private final Map<Integer, Set<Region>> byPage = new HashMap<>();

  Translations(BlockCache cache) {
    finder = new RegionFinder(cache);
  }

  void translate(Block seed, TranslationSupport support) {
    Region region = finder.around(seed);
    region.code = Translator.translate(region, support);
    for (int entry : region.entries) {
      Block block = region.blocks.get(entry);
      if (block.region == null) {
        block.region = region;
      }
    }
    for (int page : region.pages()) {
      byPage.computeIfAbsent(page, p -> new HashSet<>()).add(region);
    }
  }

  /** Forgets the regions that have code or literals in the page of an address; false if there are none. */
  boolean forget(int address) {
    Set<Region> regions = byPage.remove(address >>> PAGE_SHIFT);
    if (regions == null) {
      return false;
    }
    for (Region region : regions) {
      region.blocks.values().forEach(block -> block.translated = false);
      for (int entry : region.entries) {
        Block block = region.blocks.get(entry);
        if (block.region == region) {
          block.region = null;
          block.runs = 0;
        }
      }
    }
    return true;
  }
}
