// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import mirage.backend.ir.Block;
import mirage.backend.ir.Cfg;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Print;
import mirage.backend.ir.Traps;
import mirage.backend.ir.Type;

/**
 * Checks that no address inside a block of the heap (a derived pointer) is needed after the collector may have run, which
 * moves blocks and knows nothing of such addresses. An instruction that raises is followed by the innermost handler of its
 * function, if it has one: there, too, what was made before it is out of date.
 */
final class CheckAddresses {
  private final Function function;
  private final Cfg cfg;
  private final Traps traps;
  private final Liveness live;
  private final BitSet addresses;

  private CheckAddresses(Function function) {
    this.function = function;
    this.cfg = new Cfg(function);
    this.traps = new Traps(function);
    this.live = new Liveness(function, cfg, var -> var.type() == Type.WORD);
    this.addresses = addresses();
  }

  /**
   * @throws IllegalStateException naming the function, block, instruction and address that break the rule
   */
  static void function(Function function) {
    new CheckAddresses(function).run();
  }

  private void run() {
    if (addresses.isEmpty()) {
      return;
    }
    for (Block block : cfg.reversePostorder()) {
      BitSet needed = live.atEnd(block);
      for (int i = block.body().size() - 1; i >= 0; i--) {
        Instr instr = block.body().get(i);
        if (Effects.raisesOnly(instr)) {
          traps.around(block).forEach(handler -> require(live.in(handler), block, instr));
        } else if (Effects.collects(instr)) {
          require(needed, block, instr);
        }
        live.step(instr, needed);
      }
    }
  }

  private void require(BitSet needed, Block block, Instr instr) {
    BitSet wrong = (BitSet) addresses.clone();
    wrong.and(needed);
    if (instr.dest() != null) {
      wrong.clear(instr.dest().id());
    }
    if (!wrong.isEmpty()) {
      throw new IllegalStateException(
          "function %s, block %s: address %s is needed after %s, which may collect\n%s"
              .formatted(
                  function, block, live.var(wrong.nextSetBit(0)), instr, Print.of(function)));
    }
  }

  /** Words made of the address of a block, directly or by way of others. */
  private BitSet addresses() {
    BitSet found = new BitSet();
    Deque<Instr> todo = new ArrayDeque<>();
    for (Block block : cfg.reversePostorder()) {
      for (Instr instr : block.body()) {
        if (Words.pointsInside(instr)) {
          found.set(instr.dest().id());
        } else if (instr.op() == Op.W_ADD && instr.dest().type() == Type.WORD) {
          todo.add(instr);
        }
      }
    }
    boolean changed = true;
    while (changed) {
      changed = todo.removeIf(sum -> isBlockAddress(sum, found));
    }
    return found;
  }

  /** What is added to an address makes another. */
  private static boolean isBlockAddress(Instr sum, BitSet addresses) {
    boolean made = List.of(sum.args()).stream().anyMatch(arg -> addresses.get(arg.id()));
    if (made) {
      addresses.set(sum.dest().id());
    }
    return made;
  }
}
