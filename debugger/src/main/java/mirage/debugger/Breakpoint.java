// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.util.List;

/**
 * Where the user wants to stop.
 *
 * @param number the user knows it by
 * @param where as it is shown
 * @param place what it means
 */
record Breakpoint(int number, Places.Place place) {
  List<Integer> addresses() {
    return place.addresses();
  }

  @Override
  public String toString() {
    int count = addresses().size();
    return number + ": " + place.where() + (count == 1 ? "" : " (" + count + " places)");
  }
}
