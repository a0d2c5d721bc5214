// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.lower;

import java.util.HashMap;
import java.util.Map;
import mirage.backend.ir.Block;
import mirage.backend.ir.Constant;
import mirage.backend.ir.Emitter;
import mirage.backend.ir.Function;
import mirage.backend.ir.Num;
import mirage.backend.ir.Op;
import mirage.backend.ir.Symbol;
import mirage.backend.ir.Var;

/** Fills a block with new instructions. A constant is made once in a block. */
final class BlockEmitter extends Emitter {
  private final Block block;
  private final Map<Constant, Var> constants = new HashMap<>();

  /** Empties the block. */
  BlockEmitter(Function function, Block block) {
    super(function, block.body(), -1);
    this.block = block;
    block.body().clear();
  }

  Block block() {
    return block;
  }

  Var constant(Constant word) {
    return constants.computeIfAbsent(
        word, w -> word(w instanceof Symbol ? Op.W_SYMBOL : Op.W_CONST, w));
  }

  @Override
  public Var constant(int number) {
    return constant(new Num(number));
  }
}
