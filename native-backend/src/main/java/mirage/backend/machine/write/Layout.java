// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.write;

import java.util.ArrayList;
import java.util.List;
import mirage.backend.ir.Block;
import mirage.backend.ir.Cfg;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.machine.target.Loops;

/**
 * The order in which a function's blocks are written. A loop that is left from its first block gets that block last, where
 * the jump back would be.
 */
final class Layout {
  private Layout() {}

  static List<Block> order(Cfg cfg) {
    List<Block> order = new ArrayList<>(cfg.reversePostorder());
    Loops loops = new Loops(cfg);
    for (Block header : cfg.reversePostorder()) {
      Loops.Loop loop = loops.headedBy(header);
      if (loop != null && header != order.get(0) && leaves(header, loop)) {
        rotate(order, loop);
      }
    }
    cfg.reversePostorder().stream()
        .filter(header -> header.end() instanceof End.Turn)
        .forEach(header -> join(order, loops.headedBy(header)));
    return order;
  }

  /** A loop that counts by itself is in one piece; the jump back is from its end. */
  private static void join(List<Block> order, Loops.Loop loop) {
    List<Block> body = new ArrayList<>(order);
    body.removeIf(block -> !loop.blocks().contains(block) || block == loop.header());
    order.removeAll(body);
    order.addAll(order.indexOf(loop.header()) + 1, body);
  }

  private static boolean leaves(Block header, Loops.Loop loop) {
    if (!(header.end() instanceof End.Compare)) {
      return false;
    }
    for (Edge edge : header.end().edges()) {
      if (!loop.blocks().contains(edge.target())) {
        return true;
      }
    }
    return false;
  }

  private static void rotate(List<Block> order, Loops.Loop loop) {
    int first = order.indexOf(loop.header());
    int last = first;
    for (int i = first + 1; i < order.size(); i++) {
      if (loop.blocks().contains(order.get(i))) {
        last = i;
      }
    }
    Block end = order.get(last);
    if (end.end() instanceof End.Jump jump && jump.to().target() == loop.header()) {
      order.remove(first);
      order.add(last, loop.header());
    }
  }
}
