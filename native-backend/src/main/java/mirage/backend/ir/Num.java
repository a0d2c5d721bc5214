// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

/** A number. */
public record Num(int value) implements Constant {
  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
