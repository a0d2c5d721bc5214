// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.write;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import mirage.backend.ir.Block;
import mirage.backend.ir.Cfg;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Type;
import mirage.backend.machine.register.Frame;
import mirage.backend.machine.target.Allocation;
import mirage.backend.machine.target.Liveness;
import mirage.backend.machine.target.Location;

/** Where the collector finds a function's values. Sets of values are by number of the variable. */
final class Roots {
  private final Liveness live;
  private final Allocation allocation;
  private final Frame frame;

  Roots(Function function, Cfg cfg, Allocation allocation, Frame frame) {
    this.live = new Liveness(function, cfg, var -> var.type() == Type.VALUE);
    this.allocation = allocation;
    this.frame = frame;
  }

  /** Live values behind each instruction of the block at which the collector may run; null elsewhere. */
  List<BitSet> after(Block block) {
    List<BitSet> result = new ArrayList<>(Collections.nCopies(block.body().size(), null));
    BitSet needed = live.atEnd(block);
    for (int i = block.body().size() - 1; i >= 0; i--) {
      Instr instr = block.body().get(i);
      if (instr.op().has(Op.Trait.COLLECTS)) {
        result.set(i, (BitSet) needed.clone());
      }
      live.step(instr, needed);
    }
    return result;
  }

  /** The registers that hold such values, a bit each. */
  int registers(BitSet values) {
    int mask = 0;
    for (int id = values.nextSetBit(0); id >= 0; id = values.nextSetBit(id + 1)) {
      if (allocation.of(live.var(id)) instanceof Location.Register register) {
        mask |= 1 << register.number();
      }
    }
    return mask;
  }

  /** The words of the frame that hold such values, or variables that handlers see. */
  BitSet words(BitSet values) {
    BitSet words = new BitSet();
    for (int i = 0; i < frame.slots(); i++) {
      words.set(frame.slot(i) / 4);
    }
    for (int id = values.nextSetBit(0); id >= 0; id = values.nextSetBit(id + 1)) {
      if (allocation.of(live.var(id)) instanceof Location.Slot slot) {
        words.set(frame.spill(slot.number()) / 4);
      }
    }
    return words;
  }
}
