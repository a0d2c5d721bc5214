// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import mirage.formats.OcamlValue;

/** A structured constant, which stays in the program's static data. */
public record Static(OcamlValue value) implements Immediate {
  @Override
  public String toString() {
    return ConstantText.of(value);
  }
}
