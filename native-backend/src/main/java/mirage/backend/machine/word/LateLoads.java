// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.word;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mirage.backend.ir.Block;
import mirage.backend.ir.Edge;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Var;

/** Loads what only a call needs right in front of it, so that it comes into the argument's register. */
public final class LateLoads {
  private final Map<Var, Integer> uses = new HashMap<>();

  private LateLoads() {}

  public static void function(Function function) {
    LateLoads run = new LateLoads();
    for (Block block : function.blocks()) {
      block.body().forEach(instr -> run.count(List.of(instr.args())));
      run.count(block.end().uses());
      for (Edge edge : block.end().edges()) {
        run.count(List.of(edge.args()));
      }
    }
    function.blocks().forEach(run::block);
  }

  private void count(List<Var> vars) {
    vars.forEach(var -> uses.merge(var, 1, Integer::sum));
  }

  /** Whatever may change what they read, or needs one, makes waiting loads go first. */
  private void block(Block block) {
    List<Instr> body = new ArrayList<>();
    List<Instr> waiting = new ArrayList<>();
    for (Instr instr : block.body()) {
      boolean pure = instr.op().effect() == Op.Effect.PURE || instr.op().effect() == Op.Effect.READ;
      if (!pure || uses(instr, waiting)) {
        List<Var> args = List.of(instr.args());
        waiting.stream().filter(load -> !args.contains(load.dest())).forEach(body::add);
        waiting.stream().filter(load -> args.contains(load.dest())).forEach(body::add);
        waiting.clear();
      }
      if (instr.op() == Op.W_LOAD && uses.getOrDefault(instr.dest(), 0) == 1) {
        waiting.add(instr);
      } else {
        body.add(instr);
      }
    }
    body.addAll(waiting);
    block.body().clear();
    block.body().addAll(body);
  }

  private static boolean uses(Instr instr, List<Instr> waiting) {
    for (Var arg : instr.args()) {
      for (Instr load : waiting) {
        if (load.dest() == arg) {
          return true;
        }
      }
    }
    return false;
  }
}
