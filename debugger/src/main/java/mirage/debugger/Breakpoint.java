// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.util.List;
import java.util.function.Predicate;
import mirage.formats.SourceLocation;

/**
 * Where the user wants to stop.
 *
 * @param number the user knows it by, from 1
 * @param where the place as it is shown
 * @param addresses where control comes to the place's code from elsewhere; at least one
 * @param meant whether a place in the source is it
 */
public record Breakpoint(
    int number, String where, List<Integer> addresses, Predicate<SourceLocation> meant) {
  @Override
  public String toString() {
    int count = addresses.size();
    return number + ": " + where + (count == 1 ? "" : " (" + count + " places)");
  }
}
