// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine;

import java.util.List;
import mirage.backend.ir.Block;
import mirage.backend.ir.Cfg;

/** The order in which a function's blocks are written. */
final class Layout {
  private Layout() {}

  static List<Block> order(Cfg cfg) {
    return cfg.reversePostorder();
  }
}
