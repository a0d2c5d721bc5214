// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.word;

import java.util.ArrayList;
import java.util.List;
import mirage.backend.ir.Block;
import mirage.backend.ir.Cfg;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;

/**
 * Gives an edge that passes values, or leads from a choice to a join, a block of its own, so that there is a
 * place for moves.
 */
public final class SplitEdges {
  private SplitEdges() {}

  public static void function(Function function) {
    Cfg cfg = new Cfg(function);
    List<Block> added = new ArrayList<>();
    for (Block block : cfg.reversePostorder()) {
      if (block.end() instanceof End.Jump || block.end() instanceof End.Repeat) {
        continue;
      }
      block.setEnd(
          block
              .end()
              .map(
                  var -> var,
                  edge -> {
                    boolean join = cfg.predecessors(edge.target()).size() > 1;
                    if (edge.args().length == 0 && !join) {
                      return edge;
                    }
                    Block between = function.newBlock();
                    between.setEnd(new End.Jump(edge));
                    added.add(between);
                    return new Edge(between);
                  }));
    }
    function.blocks().retainAll(cfg.reversePostorder());
    function.blocks().addAll(added);
  }
}
