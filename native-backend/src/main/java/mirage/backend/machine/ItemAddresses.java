// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mirage.backend.ir.Block;
import mirage.backend.ir.Edge;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Type;
import mirage.backend.ir.Var;

/**
 * In a loop in which nothing is collected: the tag of an index is taken off the address of the array, in front of the loop,
 * in place of the index in each turn.
 */
final class ItemAddresses {
  private final Function function;
  private final Loops.Loop loop;
  private final Block before;
  private final Map<Var, Block> home;
  private final Map<Var, Instr> definitions;
  private final Map<Var, Var> shifted = new HashMap<>();

  ItemAddresses(
      Function function,
      Loops.Loop loop,
      Block before,
      Map<Var, Block> home,
      Map<Var, Instr> definitions) {
    this.function = function;
    this.loop = loop;
    this.before = before;
    this.home = home;
    this.definitions = definitions;
  }

  void run() {
    Set<Var> indices = indices();
    if (indices.isEmpty()) {
      return;
    }
    for (Block block : loop.blocks()) {
      List<Instr> body = new ArrayList<>();
      for (Instr instr : block.body()) {
        if (isItem(instr) && indices.contains(instr.arg(0))) {
          Var index = definitions.get(instr.arg(0)).arg(0);
          body.add(instr.withArgs(index, shifted(instr)));
        } else if (!indices.contains(instr.dest())) {
          body.add(instr);
        }
      }
      block.body().clear();
      block.body().addAll(body);
    }
  }

  private boolean inside(Var var) {
    return loop.blocks().contains(home.get(var));
  }

  private boolean isItem(Instr instr) {
    return instr.op() == Op.W_ADDX2 && !inside(instr.arg(1));
  }

  /** Numbers one less than an index, made in the loop, that only addresses of items in the loop are made of. */
  private Set<Var> indices() {
    Set<Var> found = new HashSet<>();
    for (Block block : loop.blocks()) {
      for (Instr instr : block.body()) {
        Instr index = isItem(instr) ? definitions.get(instr.arg(0)) : null;
        if (index != null
            && index.op() == Op.W_ADDI
            && index.intImm() == -1
            && inside(index.dest())
            && inside(index.arg(0))) {
          found.add(index.dest());
        }
      }
    }
    if (found.isEmpty()) {
      return found;
    }
    for (Block block : function.blocks()) {
      for (Instr instr : block.body()) {
        for (int i = 0; i < instr.args().length; i++) {
          boolean item = i == 0 && isItem(instr) && loop.blocks().contains(block);
          if (!item) {
            found.remove(instr.arg(i));
          }
        }
      }
      block.end().uses().forEach(found::remove);
      for (Edge edge : block.end().edges()) {
        List.of(edge.args()).forEach(found::remove);
      }
    }
    return found;
  }

  private Var shifted(Instr item) {
    return shifted.computeIfAbsent(
        item.arg(1),
        base -> {
          Var var = function.newVar(Type.WORD);
          Instr made = Instr.of(Op.W_ADDI, var, -2, item.pc(), base);
          before.body().add(made);
          home.put(var, before);
          definitions.put(var, made);
          return var;
        });
  }
}
