// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.util.HashMap;
import java.util.Map;
import mirage.formats.OcamlValue.Block;
import mirage.formats.OcamlValue.Bytes;
import mirage.formats.OcamlValue.Int;

/** The names of variables at a debug event (ev_compenv of bytecomp/instruct.mli, tables of typing/ident.ml). */
final class Environment {
  private static final int COMPILATION_ENVIRONMENT = 8;

  /** More variables than any function has: the tables of a damaged file may be endless. */
  private static final int MOST = 2000;

  private final Map<Integer, String> names = new HashMap<>();
  private int nodes;

  private Environment() {}

  /** Names by position on the stack, as the compiler counts; damaged parts are left out. */
  static Map<Integer, String> stack(DebugEvent event) {
    Environment found = new Environment();
    if (event.raw().field(COMPILATION_ENVIRONMENT) instanceof Block environment
        && environment.size() > 0) {
      found.collect(environment.field(0));
    }
    return found.names;
  }

  /** Node of left, data, right, height. */
  private void collect(OcamlValue table) {
    if (table instanceof Block node && node.size() == 4 && nodes++ < MOST) {
      collect(node.field(0));
      collect(node.field(2));
      if (node.field(1) instanceof Block data
          && data.size() == 3
          && data.field(0) instanceof Block ident
          && ident.size() > 0
          && ident.field(0) instanceof Bytes name
          && data.field(1) instanceof Int position) {
        names.put((int) position.value(), name.text());
      }
    }
  }
}
