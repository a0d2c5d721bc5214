// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

/**
 * How a C function is called.
 *
 * @param allocates whether it may allocate, raise or call back
 * @param vector whether it takes its arguments as an array and their number
 */
public record CCall(String name, boolean allocates, boolean vector) implements Immediate {
  @Override
  public String toString() {
    return name + (allocates ? " allocates" : "") + (vector ? " vector" : "");
  }
}
