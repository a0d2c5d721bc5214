// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine;

import java.util.Set;
import mirage.backend.ir.Cfg;
import mirage.backend.ir.Function;
import mirage.backend.ir.Var;

/** Gives the variables of a lowered function registers and words of the frame. */
final class Allocate {
  private Allocate() {}

  static Allocation function(Function function) {
    Allocation allocation = new Allocation();
    Set<Var> redefined = new Spill(function, allocation).run();
    new Repair(function, redefined).run();
    SinkSpills.function(function, allocation);
    Cfg cfg = new Cfg(function);
    Color.slots(function, cfg, allocation);
    Color.registers(function, cfg, allocation);
    return allocation;
  }
}
