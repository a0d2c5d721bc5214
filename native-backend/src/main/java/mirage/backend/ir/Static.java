// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

/** A value in the program's static data: constant {@code global} of the bytecode file, or a part of it. */
public record Static(Object value) {
  @Override
  public String toString() {
    String text = String.valueOf(value);
    return text.length() > 40 ? text.substring(0, 37) + "..." : text;
  }
}
