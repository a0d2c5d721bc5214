// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.util.List;
import mirage.formats.SourceLocation;

/**
 * Which of the calls that inlining has removed somebody looks at. Code belongs to a chain of places: its own first, then
 * those of the calls it is inlined at. A view is a depth in the chain, counted from its end: 1 is the function the machine
 * runs, the chain's size the innermost call. Where the code of an inlined call begins, one can be before the call or in it.
 */
final class Views {
  private Views() {}

  /** The place at a depth. */
  static SourceLocation place(List<SourceLocation> chain, int depth) {
    return chain.get(chain.size() - depth);
  }

  /** How deep a view of one place can still be after control came from it to another in the same function. */
  static int kept(List<SourceLocation> from, int depth, List<SourceLocation> to) {
    int most = Math.min(depth, to.size());
    for (int level = 1; level < most; level++) {
      if (!place(from, level).equals(place(to, level))) {
        return level;
      }
    }
    return most;
  }

  /** Whether places are in the same line. */
  static boolean sameLine(SourceLocation a, SourceLocation b) {
    return a.line() == b.line() && a.file().equals(b.file());
  }
}
