// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
import mirage.backend.ir.Var;

/**
 * The toplevel's variables that a global may hold for ever at no cost: those that live as long as the program whatever a compiler does, because
 * they are in a global, in a block or closure of one, and so on; and integers. Any other may be garbage while the toplevel goes on.
 */
final class LastingValues {
  private final Map<Var, List<Var>> holds = new HashMap<>();
  private final Set<Var> lasting = new HashSet<>();
  private final Deque<Var> left = new ArrayDeque<>();

  LastingValues(Function main) {
    for (Block block : main.blocks()) {
      block.body().forEach(this::read);
      block.end().edges().forEach(this::read);
    }
    while (!left.isEmpty()) {
      holds.getOrDefault(left.poll(), List.of()).forEach(this::last);
    }
  }

  boolean contains(Var var) {
    return lasting.contains(var);
  }

  private void read(Instr instr) {
    if (instr.op().has(Op.Trait.INTEGER)) {
      last(instr.dest());
    }
    switch (instr.op()) {
      case SET_GLOBAL -> last(instr.arg(0));
      case BLOCK, CLOSURES, SIBLING -> holds(instr.dest(), instr.args());
      case SET_FIELD -> holds(instr.arg(0), instr.arg(1));
      default -> {}
    }
  }

  private void read(Edge edge) {
    for (int i = 0; i < edge.args().length; i++) {
      holds(edge.target().params().get(i), edge.args()[i]);
    }
  }

  private void holds(Var holder, Var... held) {
    holds.computeIfAbsent(holder, h -> new ArrayList<>()).addAll(List.of(held));
  }

  private void last(Var var) {
    if (lasting.add(var)) {
      left.add(var);
    }
  }
}
