// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import java.util.List;
import mirage.formats.OcamlValue;

/**
 * A whole program.
 *
 * @param main the toplevel code of all modules, in link order
 * @param functions all functions, {@code main} included; changed freely by passes
 * @param globals initial values of the globals; passes may append to it
 * @param places where the instructions come from; passes that move code between functions append to it
 */
public record Program(
    Function main, List<Function> functions, List<OcamlValue> globals, Places places) {
  /** Adds a global and returns its index. */
  public Integer addGlobal() {
    globals.add(new OcamlValue.Int(0));
    return globals.size() - 1;
  }
}
