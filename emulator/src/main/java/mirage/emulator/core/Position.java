// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

/**
 * Where in the code the core is, as far as {@link State#position} does not say it: registers and units need not know of
 * blocks and regions.
 */
final class Position {
  private final State state;

  /** The block being run, {@link State#position} is an index in it; null between blocks. */
  Block block;

  /** What the memory access gave behind which a {@link Leave} leaves a region. */
  int loaded;

  private Region region;

  /** The time when the region's cycles are used up. */
  private long regionEnd;

  Position(State state) {
    this.state = state;
  }

  /** Between blocks. */
  void clear() {
    state.position = 0;
    block = null;
  }

  /** From now on regions run, for at most {@code cycles}. */
  void allow(int cycles) {
    regionEnd = state.cycles + cycles;
  }

  /** The cycles that are left of those allowed. */
  int left() {
    return (int) (regionEnd - state.cycles);
  }

  void enter(Region entered) {
    region = entered;
  }

  /** The region ends with {@code left} cycles. */
  void leave(int left) {
    state.cycles = regionEnd - left;
  }

  /** The region is at instruction {@code site}, and {@code left} cycles are left behind its block. */
  void settle(int left, int site) {
    block = region.siteBlock(site);
    state.cycles = regionEnd - left - block.length;
    state.position = region.siteIndex(site);
  }
}
