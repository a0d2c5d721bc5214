// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.word;

import java.util.List;
import java.util.Map;
import mirage.backend.ir.Block;
import mirage.backend.ir.Condition;
import mirage.backend.ir.Condition.Test;
import mirage.backend.ir.Edge;
import mirage.backend.ir.Emitter;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Type;
import mirage.backend.ir.Var;
import mirage.backend.machine.target.Loops;

/**
 * How often a loop is done whose counter, an OCaml integer, goes by one, up or down. A loop that would not end, or only
 * after the counter has passed the largest number, is none of these unless it waits for one number: then the
 * count is that of all integers in between.
 */
final class TurnCount {
  /** Fewer turns are not worth the beginning. */
  private static final int FEWEST = 4;

  /** An OCaml integer's word: a variable, or a number if that is null. */
  private record Word(Var var, int number) {
    Word plus(int more) {
      return new Word(null, number + more);
    }
  }

  private final Function function;
  private final Loops.Loop loop;
  private final Edge entry;
  private final Edge back;
  private final Map<Var, Instr> definitions;
  private final Map<Var, Block> home;

  private Var counter;
  private Word from;
  private Word to;
  private End.Turns turns;

  TurnCount(
      Function function,
      Loops.Loop loop,
      Edge entry,
      Edge back,
      Map<Var, Instr> definitions,
      Map<Var, Block> home) {
    this.function = function;
    this.loop = loop;
    this.entry = entry;
    this.back = back;
    this.definitions = definitions;
    this.home = home;
  }

  /** The header's parameter that counts. */
  Var counter() {
    return counter;
  }

  End.Turns turns() {
    return turns;
  }

  /** For a test behind each turn of the number it was done with: false if the count is not known. */
  boolean atEnd(End.Compare test) {
    Condition stay = stay(test);
    for (int i = 0; i < test.args().size(); i++) {
      Word limit = stay.test() == Test.NE ? limit(stay, test.args(), i) : null;
      boolean odd = limit != null && (limit.var != null || (limit.number & 1) != 0);
      if (odd && counts(test.args().get(i))) {
        turns = End.Turns.SOME;
        range(limit);
        return worthwhile(exact() == null ? null : (exact() >>> 1) + 1L);
      }
    }
    return false;
  }

  /** For a test in front of each turn. */
  boolean atBeginning(End.Compare test) {
    Condition stay = stay(test);
    for (int i = 0; i < test.args().size(); i++) {
      Word limit = limit(stay, test.args(), i);
      if (limit != null && counts(test.args().get(i)) && bounded(stay.test(), i == 0, limit)) {
        if (turns == End.Turns.ANY) {
          return worthwhile(exact() == null ? null : (long) (exact() >>> 1));
        }
        boolean known = from.var == null && to.var == null;
        return worthwhile(known ? (long) (to.number >> 1) - (from.number >> 1) : null);
      }
    }
    return false;
  }

  private static boolean worthwhile(Long known) {
    return known == null || known >= FEWEST;
  }

  /** The condition of going on. */
  private Condition stay(End.Compare test) {
    return loop.blocks().contains(test.ifTrue().target())
        ? test.condition()
        : test.condition().not();
  }

  /** What the argument is compared with, if it is the same in each turn. */
  private Word limit(Condition condition, List<Var> args, int index) {
    if (condition.number() != null) {
      return new Word(null, condition.number());
    }
    Word other = word(args.get(1 - index));
    if (other.var == null) {
      return (other.number & 1) != 0 ? other : null;
    }
    boolean same = !loop.blocks().contains(home.get(other.var));
    return same && other.var.type() == Type.VALUE ? other : null;
  }

  private Word word(Var var) {
    Instr definition = definitions.get(var);
    return definition != null && definition.op() == Op.W_CONST
        ? new Word(null, definition.intImm())
        : new Word(var, 0);
  }

  private boolean counts(Var var) {
    int index = loop.header().params().indexOf(var);
    if (index < 0 || var.type() != Type.VALUE) {
      return false;
    }
    Instr next = definitions.get(back.args()[index]);
    if (next == null || next.op() != Op.W_ADDI || next.arg(0) != var) {
      return false;
    }
    counter = var;
    return next.intImm() == 2 || next.intImm() == -2;
  }

  private int step() {
    return definitions.get(back.args()[loop.header().params().indexOf(counter)]).intImm();
  }

  private Word start() {
    return word(entry.args()[loop.header().params().indexOf(counter)]);
  }

  private void range(Word limit) {
    from = step() > 0 ? start() : limit;
    to = step() > 0 ? limit : start();
  }

  /** From the test in front of each turn, whose first operand the counter is, or the second. */
  private boolean bounded(Test stay, boolean first, Word limit) {
    boolean up = step() > 0;
    if (stay == Test.NE) {
      turns = End.Turns.ANY;
      range(limit);
      return limit.var != null || (limit.number & 1) != 0;
    }
    turns = End.Turns.POSITIVE;
    if (stay == Test.LT && first == up) {
      // An even limit of an immediate form is one less than an integer's word.
      boolean odd = limit.var != null || (limit.number & 1) != 0;
      range(odd || !up ? limit : limit.plus(1));
      return odd || up;
    }
    if (stay == Test.GE && first != up && limit.var == null) {
      int word = up ? limit.number - 1 | 1 : limit.number | 1;
      boolean ends = up ? limit.number <= Integer.MAX_VALUE - 2 : word >= Integer.MIN_VALUE + 3;
      range(new Word(null, word).plus(up ? 2 : -2));
      return ends;
    }
    return false;
  }

  /** The words' difference if it is known. */
  private Integer exact() {
    return from.var == null && to.var == null ? Integer.valueOf(to.number - from.number) : null;
  }

  /** Writes the count at the end of a block. */
  Var write(Block block) {
    Emitter out = new Emitter(function, block.body(), -1);
    if (turns == End.Turns.POSITIVE) {
      return signed(out);
    }
    int more = turns == End.Turns.SOME ? 1 : 0;
    if (exact() != null) {
      return out.constant((exact() >>> 1) + more);
    }
    // A tag of the one alone is shifted out.
    Var words =
        from.var == null
            ? from.number == 1 ? to.var : add(out, -from.number, to.var)
            : subtract(out, to.var == null ? out.constant(to.number) : to.var, from.var);
    return add(out, more, out.word(Op.W_SHRI, 1, words));
  }

  private Var signed(Emitter out) {
    if (from.var == null && to.var == null) {
      return out.constant((to.number >> 1) - (from.number >> 1));
    }
    if (from.var == null) {
      return add(out, -(from.number >> 1), out.word(Op.W_SARI, 1, to.var));
    }
    Var first = out.word(Op.W_SARI, 1, from.var);
    return subtract(
        out, to.var == null ? out.constant(to.number >> 1) : out.word(Op.W_SARI, 1, to.var), first);
  }

  private static Var add(Emitter out, int number, Var var) {
    return number == 0 ? var : out.word(Op.W_ADDI, number, var);
  }

  private static Var subtract(Emitter out, Var from, Var what) {
    return out.word(Op.W_SUB, null, from, what);
  }
}
