// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.target;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mirage.backend.ir.Block;
import mirage.backend.ir.Cfg;
import mirage.backend.ir.Edge;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Type;
import mirage.backend.ir.Var;

/**
 * Addresses inside blocks of the heap (derived pointers), and of big arrays' data. None may be needed after the collector has run: it moves blocks, frees big arrays, and knows nothing of such addresses.
 *
 * <p>What is loaded from or stored to, and made of a value, is one for certain: {@link #used}. Those who move instructions
 * also have to take for one what may become one: {@link #pointsInside}.
 */
public final class Addresses {
  private final Map<Var, Instr> made;
  private final Map<Var, List<Var>> incoming = new HashMap<>();
  private final BitSet used = new BitSet();

  private Addresses(Definitions definitions) {
    this.made = definitions.instructions();
  }

  /**
   * Those of a function.
   *
   * @param definitions what they are made of; not kept
   */
  public static Addresses of(Cfg cfg, Definitions definitions) {
    Addresses found = new Addresses(definitions);
    Deque<Var> accessed = new ArrayDeque<>();
    for (Block block : cfg.reversePostorder()) {
      block.end().edges().forEach(found::flow);
      for (Instr instr : block.body()) {
        if (accesses(instr) && instr.arg(0).type() == Type.WORD) {
          accessed.add(instr.arg(0));
        }
      }
    }
    found.mark(accessed);
    return found;
  }

  /** Numbers of the words that something is loaded from or stored to, and of the words these are made of, as far as a value or the data of a big array is in them: not sums of integers. */
  public BitSet used() {
    return used;
  }

  /** Whether the result may point into a block: it must not outlive a collection. Instructions that were made since are judged too. */
  public boolean pointsInside(Instr instr) {
    if (instr.dest() == null || instr.dest().type() != Type.WORD) {
      return false;
    }
    return used.get(instr.dest().id())
        || switch (instr.op()) {
            // One less: an integer without its tag, mostly.
          case W_ADDI -> instr.intImm() != -1;
            // Numbers of 32 bits, unless one is an OCaml value.
          case W_ADD, W_SUB ->
              Arrays.stream(instr.args()).anyMatch(arg -> arg.type() == Type.VALUE);
          default -> instr.op().has(Op.Trait.ADDRESS);
        };
  }

  private void flow(Edge edge) {
    for (int i = 0; i < edge.args().length; i++) {
      Var param = edge.target().params().get(i);
      if (param.type() == Type.WORD) {
        incoming.computeIfAbsent(param, p -> new ArrayList<>()).add(edge.args()[i]);
      }
    }
  }

  private static boolean accesses(Instr instr) {
    return switch (instr.op()) {
      case W_LOAD, W_LOAD8, W_LOAD16, W_LOAD32 -> true;
      case W_STORE, W_STORE8, W_STORE16, W_STORE32, W_MODIFY, W_MODIFY_INT -> true;
      default -> false;
    };
  }

  /**
   * From the words that are accessed back to what they are made of, and from the values among that forth again: parameters of
   * blocks may be made of each other in a circle.
   */
  private void mark(Deque<Var> accessed) {
    Map<Var, List<Var>> derived = new HashMap<>();
    Deque<Var> addresses = new ArrayDeque<>();
    BitSet seen = new BitSet();
    while (!accessed.isEmpty()) {
      Var var = accessed.pop();
      if (seen.get(var.id())) {
        continue;
      }
      seen.set(var.id());
      if (made.containsKey(var) && made.get(var).op() == Op.W_BA_DATA) {
        addresses.add(var);
      }
      for (Var base : bases(var)) {
        if (base.type() == Type.VALUE) {
          addresses.add(var);
        } else {
          derived.computeIfAbsent(base, b -> new ArrayList<>()).add(var);
          accessed.push(base);
        }
      }
    }
    while (!addresses.isEmpty()) {
      Var var = addresses.pop();
      if (!used.get(var.id())) {
        used.set(var.id());
        addresses.addAll(derived.getOrDefault(var, List.of()));
      }
    }
  }

  /** What a word is made of; an index is none of its parts that count. */
  private List<Var> bases(Var var) {
    Instr instr = made.get(var);
    if (instr == null) {
      return incoming.getOrDefault(var, List.of());
    }
    return switch (instr.op()) {
      case W_ADDI -> List.of(instr.arg(0));
      case W_ADDX2, W_ADDX4 -> List.of(instr.arg(1));
      case W_ADD, W_SUB, W_IF_ZERO -> List.of(instr.arg(0), instr.arg(1));
      default -> List.of();
    };
  }
}
