// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

/** One closure of a set. */
public record Member(ClosureSet set, int index) implements Immediate {
  public Function function() {
    return set.functions().get(index);
  }

  @Override
  public String toString() {
    return function().name();
  }
}
