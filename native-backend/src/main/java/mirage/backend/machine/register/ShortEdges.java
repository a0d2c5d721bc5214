// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.register;

import mirage.backend.ir.Block;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.machine.target.Allocation;
import mirage.backend.machine.target.Location;

/** When registers are given out: leads branches past blocks in which nothing is left to move. */
public final class ShortEdges {
  private final Allocation allocation;
  private final Frame frame;

  private ShortEdges(Allocation allocation, Frame frame) {
    this.allocation = allocation;
    this.frame = frame;
  }

  public static void function(Function function, Allocation allocation, Frame frame) {
    ShortEdges run = new ShortEdges(allocation, frame);
    for (Block block : function.blocks()) {
      if (block.end() instanceof End.Compare || block.end() instanceof End.Switch) {
        block.setEnd(block.end().map(var -> var, edge -> run.past(block, edge)));
      }
    }
  }

  private Edge past(Block from, Edge edge) {
    Block at = edge.target();
    boolean passes =
        at.body().isEmpty()
            && at.params().isEmpty()
            && at.end() instanceof End.Jump jump
            && !(jump.to().target().end() instanceof End.Turn)
            && frame.framed(from) == frame.framed(jump.to().target())
            && frame.framed(from) == frame.framed(at)
            && inPlace(jump.to());
    return passes ? ((End.Jump) at.end()).to() : edge;
  }

  private boolean inPlace(Edge edge) {
    for (int i = 0; i < edge.args().length; i++) {
      Location to = allocation.of(edge.target().params().get(i));
      if (to != null && !to.equals(allocation.of(edge.args()[i]))) {
        return false;
      }
    }
    return true;
  }
}
