// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

/** Captured variable {@code index} of a set, as seen from the closure of function {@code from}. */
public record Captured(ClosureSet set, int from, int index) implements Immediate {
  @Override
  public String toString() {
    return set.functions().get(from).name() + "." + index;
  }
}
