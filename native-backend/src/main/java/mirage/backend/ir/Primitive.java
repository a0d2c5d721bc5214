// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

/** A primitive of OCaml's, by the name of the C function. */
public record Primitive(String name) implements Immediate {
  @Override
  public String toString() {
    return name;
  }
}
