// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

/** A bit field: {@code count} bits from bit {@code shift} up. */
public record Bits(int shift, int count) implements Immediate {
  @Override
  public String toString() {
    return shift + ":" + count;
  }
}
