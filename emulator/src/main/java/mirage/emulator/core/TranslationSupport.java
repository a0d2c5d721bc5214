// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

/**
 * What translated code calls. Whatever may raise an exception or look at the time first brings the
 * state up to date, for {@code site} and the cycles left behind its block.
 */
final class TranslationSupport {
  private TranslationSupport() {}

  static int divisor(int value, State state, int left, int site) {
    if (value == 0) {
      settle(state, left, site);
    }
    return Semantics.divisor(value);
  }

  /** Runs an instruction of a unit; returns where control goes. */
  static int unit(State state, Units units, int left, int site) {
    settle(state, left, site);
    Block block = state.region.siteBlock(site);
    int index = state.region.siteIndex(site);
    return units.execute(block.instructions[index], block.address(index), block.end);
  }

  static void startLoop(int count, int begin, int end, State state) {
    state.lcount = count - 1;
    state.lbeg = begin;
    state.lend = end;
  }

  /** Whether a zero-overhead loop that ends at {@code end} goes on; counts if so. */
  static boolean loopsBack(State state, int end) {
    if (state.lend != end || state.lcount == 0 || state.excm()) {
      return false;
    }
    state.lcount--;
    return true;
  }

  static void settle(State state, int left, int site) {
    Block block = state.region.siteBlock(site);
    state.cycles = state.regionEnd - left - block.length;
    state.position = state.region.siteIndex(site);
    state.faultBlock = block;
  }
}
