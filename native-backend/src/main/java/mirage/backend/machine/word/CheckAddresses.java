// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.word;

import java.util.BitSet;
import mirage.backend.ir.Block;
import mirage.backend.ir.Cfg;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Print;
import mirage.backend.ir.Traps;
import mirage.backend.machine.target.Addresses;
import mirage.backend.machine.target.Definitions;
import mirage.backend.machine.target.Liveness;

/**
 * Refuses functions that break the rule that no address inside a block of the heap (a derived pointer), or of a big array's data, is needed after the
 * collector may have run, which moves blocks, frees big arrays, and knows nothing of such addresses. An instruction that raises is followed by the innermost handler of its
 * function, if it has one: there, too, what was made before it is out of date.
 */
public final class CheckAddresses {
  private final Function function;
  private final Cfg cfg;
  private final Traps traps;
  private final Liveness live;

  private CheckAddresses(Function function, Cfg cfg, BitSet addresses) {
    this.function = function;
    this.cfg = cfg;
    this.traps = new Traps(function);
    this.live = new Liveness(function, cfg, var -> addresses.get(var.id()));
  }

  /**
   * @throws IllegalStateException naming the function, block, instruction and address that break the rule
   */
  public static void function(Function function) {
    Cfg cfg = new Cfg(function);
    BitSet addresses = Addresses.of(cfg, Definitions.of(cfg)).used();
    if (!addresses.isEmpty()) {
      new CheckAddresses(function, cfg, addresses).run();
    }
  }

  private void run() {
    for (Block block : cfg.reversePostorder()) {
      BitSet needed = live.atEnd(block);
      for (int i = block.body().size() - 1; i >= 0; i--) {
        Instr instr = block.body().get(i);
        if (instr.op().has(Op.Trait.RAISES)) {
          traps.around(block).forEach(handler -> require(live.in(handler), block, instr));
        } else if (instr.op().has(Op.Trait.COLLECTS)) {
          require(needed, block, instr);
        }
        live.step(instr, needed);
      }
    }
  }

  /** No address is needed: what makes the collector run makes none itself. */
  private void require(BitSet needed, Block block, Instr instr) {
    if (!needed.isEmpty()) {
      throw new IllegalStateException(
          "function %s, block %s: address %s is needed after %s, which may collect\n%s"
              .formatted(
                  function, block, live.var(needed.nextSetBit(0)), instr, Print.of(function)));
    }
  }
}
