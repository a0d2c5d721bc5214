// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

/** An address known when the program is linked. */
public record Symbol(String name, int offset) implements Constant {
  public Symbol(String name) {
    this(name, 0);
  }

  @Override
  public String toString() {
    return offset == 0 ? name : name + (offset > 0 ? "+" : "") + offset;
  }
}
