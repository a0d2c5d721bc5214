// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.word;

import java.util.List;
import mirage.backend.ir.Block;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Var;

/** Returns at once instead of jumping to a block that does nothing else. */
public final class Returns {
  private Returns() {}

  public static void function(Function function) {
    for (Block block : function.blocks()) {
      if (block.end() instanceof End.Jump jump
          && jump.to().target().body().isEmpty()
          && jump.to().target().end() instanceof End.Return result) {
        List<Var> params = jump.to().target().params();
        int index = params.indexOf(result.value());
        block.setEnd(new End.Return(index < 0 ? result.value() : jump.to().args()[index]));
      }
    }
    function
        .blocks()
        .retainAll(new java.util.HashSet<>(new mirage.backend.ir.Cfg(function).reversePostorder()));
  }
}
