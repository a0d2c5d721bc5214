// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import java.util.ArrayList;
import java.util.List;
import mirage.backend.ir.Block;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Pass;
import mirage.backend.ir.Program;
import mirage.backend.ir.Var;

/**
 * Turns a function's tail calls of itself into jumps to its beginning. Not where the function also calls itself otherwise:
 * then most calls end at once, and are better off without a frame.
 */
public final class TailLoops implements Pass {
  @Override
  public String name() {
    return "loops";
  }

  @Override
  public void run(Program program) {
    program.functions().forEach(TailLoops::function);
  }

  private static void function(Function function) {
    List<Block> calling = function.blocks().stream().filter(b -> callsSelf(function, b)).toList();
    if (calling.isEmpty() || recurses(function)) {
      return;
    }
    Block header = function.entry();
    Block entry = function.newBlock();
    List<Var> params = new ArrayList<>();
    for (Var param : header.params()) {
      params.add(function.newVar(param.type()));
    }
    entry.params().addAll(params);
    entry.setEnd(new End.Jump(new Edge(header, params.toArray(Var[]::new))));
    function.blocks().add(0, entry);
    for (Block block : calling) {
      List<Var> args = ((End.TailCall) block.end()).args();
      block.setEnd(new End.Jump(new Edge(header, args.toArray(Var[]::new))));
    }
  }

  private static boolean recurses(Function function) {
    return function.blocks().stream()
        .anyMatch(block -> block.body().stream().anyMatch(instr -> instr.imm() == function));
  }

  private static boolean callsSelf(Function function, Block block) {
    return block.end() instanceof End.TailCall tail && tail.function() == function;
  }
}
