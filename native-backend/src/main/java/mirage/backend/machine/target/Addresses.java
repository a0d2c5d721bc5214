// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.target;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
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
  private final BitSet seen = new BitSet();
  private final BitSet used = new BitSet();

  private Addresses(Cfg cfg) {
    this.made = Definitions.of(cfg).instructions();
  }

  public static Addresses of(Cfg cfg) {
    Addresses found = new Addresses(cfg);
    for (Block block : cfg.reversePostorder()) {
      block.end().edges().forEach(found::flow);
    }
    for (Block block : cfg.reversePostorder()) {
      for (Instr instr : block.body()) {
        if (accesses(instr)) {
          found.isAddress(instr.arg(0));
        }
      }
    }
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

  /** Whether the word that is accessed comes from a value; an index is none of its parts that count. */
  private boolean isAddress(Var var) {
    if (var.type() != Type.WORD) {
      return false;
    }
    if (!seen.get(var.id())) {
      seen.set(var.id());
      used.set(var.id(), made.containsKey(var) && made.get(var).op() == Op.W_BA_DATA);
      for (Var base : bases(var)) {
        if (base.type() == Type.VALUE || isAddress(base)) {
          used.set(var.id());
        }
      }
    }
    return used.get(var.id());
  }

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
