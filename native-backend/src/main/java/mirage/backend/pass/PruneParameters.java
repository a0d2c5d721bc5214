// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mirage.backend.ir.Block;
import mirage.backend.ir.Cfg;
import mirage.backend.ir.Edge;
import mirage.backend.ir.Function;
import mirage.backend.ir.Pass;
import mirage.backend.ir.Program;
import mirage.backend.ir.Rewrite;
import mirage.backend.ir.Var;

/** Removes block parameters that always have the same value, and blocks that are not reachable. */
public final class PruneParameters implements Pass {
  @Override
  public String name() {
    return "prune";
  }

  @Override
  public void run(Program program) {
    program.functions().forEach(PruneParameters::function);
  }

  static void function(Function function) {
    Cfg cfg = new Cfg(function);
    function.blocks().retainAll(cfg.reversePostorder());
    Map<Block, List<Edge>> incoming = incoming(cfg);
    Var[] same = new Var[function.varCount()];
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Map.Entry<Block, List<Edge>> entry : incoming.entrySet()) {
        List<Var> params = entry.getKey().params();
        for (int i = 0; i < params.size(); i++) {
          Var param = params.get(i);
          if (same[param.id()] == null) {
            same[param.id()] = onlyValue(param, i, entry.getValue(), same);
            changed |= same[param.id()] != null;
          }
        }
      }
    }
    drop(function, same);
  }

  /** Edges with values, by target: not those of the entry or of handlers. */
  private static Map<Block, List<Edge>> incoming(Cfg cfg) {
    Map<Block, List<Edge>> incoming = new HashMap<>();
    for (Block block : cfg.reversePostorder()) {
      for (Edge edge : block.end().edges()) {
        if (edge.args().length > 0) {
          incoming.computeIfAbsent(edge.target(), b -> new ArrayList<>()).add(edge);
        }
      }
    }
    return incoming;
  }

  private static Var onlyValue(Var param, int index, List<Edge> edges, Var[] same) {
    Var only = null;
    for (Edge edge : edges) {
      Var value = resolve(edge.args()[index], same);
      if (value != param && value != only) {
        if (only != null) {
          return null;
        }
        only = value;
      }
    }
    return only;
  }

  private static Var resolve(Var var, Var[] same) {
    Var value = var;
    while (same[value.id()] != null) {
      value = same[value.id()];
    }
    return value;
  }

  private static void drop(Function function, Var[] same) {
    for (Block block : function.blocks()) {
      block.setEnd(block.end().map(v -> v, edge -> keep(edge, same)));
    }
    for (Block block : function.blocks()) {
      block.params().removeIf(param -> same[param.id()] != null);
    }
    Rewrite.uses(function, var -> resolve(var, same));
  }

  private static Edge keep(Edge edge, Var[] same) {
    List<Var> kept = new ArrayList<>();
    for (int i = 0; i < edge.args().length; i++) {
      if (same[edge.target().params().get(i).id()] == null) {
        kept.add(edge.args()[i]);
      }
    }
    return kept.size() == edge.args().length
        ? edge
        : new Edge(edge.target(), kept.toArray(Var[]::new));
  }
}
