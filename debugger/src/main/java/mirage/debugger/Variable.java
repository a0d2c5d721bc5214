// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

/**
 * A name of the program and what it stands for.
 *
 * @param value as {@link Values} shows it
 */
public record Variable(String name, String value) {
  @Override
  public String toString() {
    return name + " = " + value;
  }
}
