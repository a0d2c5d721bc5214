// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

/** From one closure of a set to another, by index. */
public record Sibling(ClosureSet set, int from, int to) implements Immediate {
  @Override
  public String toString() {
    return set.functions().get(from).name() + ">" + set.functions().get(to).name();
  }
}
