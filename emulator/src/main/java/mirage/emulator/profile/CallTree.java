// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.profile;

import java.util.List;

/**
 * A function as called along one chain of callers. A function that calls itself is one entry with it.
 *
 * @param symbol the function's symbol; text in parentheses where there is none
 * @param self instructions of the function itself
 * @param total those of the functions it called included
 * @param calls how often it was called along this chain
 * @param callees largest first
 */
public record CallTree(String symbol, long self, long total, long calls, List<CallTree> callees) {
  public CallTree {
    callees = List.copyOf(callees);
  }
}
