// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.register;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mirage.backend.ir.Block;
import mirage.backend.ir.Cfg;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Rewrite;
import mirage.backend.ir.Var;

/**
 * Brings a function back to one definition for each variable: every definition gets a name of its own, and
 * where several reach a block, the block gets a parameter.
 */
final class Repair {
  private final Function function;
  private final Cfg cfg;
  private final Set<Var> redefined;
  private final Map<Block, Map<Var, Var>> atEnd = new HashMap<>();
  private final Map<Block, Map<Var, Var>> atStart = new HashMap<>();

  Repair(Function function, Set<Var> redefined) {
    this.function = function;
    this.cfg = new Cfg(function);
    this.redefined = redefined;
  }

  void run() {
    if (redefined.isEmpty()) {
      return;
    }
    for (Block block : cfg.reversePostorder()) {
      nameDefinitions(block);
    }
    for (Block block : cfg.reversePostorder()) {
      renameUses(block);
    }
  }

  private void nameDefinitions(Block block) {
    Map<Var, Var> last = new HashMap<>();
    block.params().stream().filter(redefined::contains).forEach(param -> last.put(param, param));
    List<Instr> body = block.body();
    for (int i = 0; i < body.size(); i++) {
      Instr instr = body.get(i);
      Map<Var, Var> before = new HashMap<>(last);
      Instr renamed = Rewrite.uses(instr, var -> before.getOrDefault(var, var));
      if (instr.dest() != null && redefined.contains(instr.dest())) {
        Var name = function.newVar(instr.dest().type());
        last.put(instr.dest(), name);
        renamed = new Instr(renamed.op(), name, renamed.args(), renamed.imm(), renamed.pc());
      }
      body.set(i, renamed);
    }
    block.setEnd(
        block
            .end()
            .map(
                var -> last.getOrDefault(var, var),
                edge -> End.mapArgs(edge, var -> last.getOrDefault(var, var))));
    atEnd.put(block, last);
  }

  /** What is still called by its old name comes from before the block. */
  private void renameUses(Block block) {
    List<Instr> body = block.body();
    for (int i = 0; i < body.size(); i++) {
      body.set(i, Rewrite.uses(body.get(i), var -> incoming(block, var)));
    }
    // Names first: to find one may add a value to this very end, if the block leads back to where
    // it comes from.
    block.end().uses().forEach(var -> incoming(block, var));
    for (Edge edge : block.end().edges()) {
      List.of(edge.args()).forEach(var -> incoming(block, var));
    }
    block.setEnd(
        block
            .end()
            .map(
                var -> incoming(block, var),
                edge -> End.mapArgs(edge, var -> incoming(block, var))));
  }

  private Var incoming(Block block, Var var) {
    if (!redefined.contains(var) || block.params().contains(var)) {
      return var;
    }
    Map<Var, Var> names = atStart.computeIfAbsent(block, b -> new HashMap<>());
    Var known = names.get(var);
    if (known != null) {
      return known;
    }
    List<Block> predecessors = cfg.predecessors(block);
    if (predecessors.size() == 1) {
      Var name = outgoing(predecessors.get(0), var);
      names.put(var, name);
      return name;
    }
    if (predecessors.isEmpty()) {
      throw new IllegalStateException("function " + function + ": " + var + " has no definition");
    }
    Var param = function.newVar(var.type());
    names.put(var, param);
    List<Var> values = new ArrayList<>();
    for (Block predecessor : predecessors) {
      values.add(outgoing(predecessor, var));
    }
    block.params().add(param);
    for (int i = 0; i < predecessors.size(); i++) {
      Var value = values.get(i);
      Block predecessor = predecessors.get(i);
      predecessor.setEnd(
          predecessor.end().map(v -> v, edge -> edge.target() == block ? edge.with(value) : edge));
    }
    return param;
  }

  private Var outgoing(Block block, Var var) {
    Var name = atEnd.get(block).get(var);
    return name != null ? name : incoming(block, var);
  }
}
