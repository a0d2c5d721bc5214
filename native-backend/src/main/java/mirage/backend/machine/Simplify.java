// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mirage.backend.ir.Block;
import mirage.backend.ir.Cfg;
import mirage.backend.ir.Condition;
import mirage.backend.ir.Condition.Test;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Rewrite;
import mirage.backend.ir.Type;
import mirage.backend.ir.Var;

/**
 * Simplifies operations on words, does each only once where one result serves all (going down the tree of dominators),
 * and drops those nobody needs.
 */
final class Simplify {
  private final Function function;
  private final Cfg cfg;
  private final Map<Var, Instr> definitions = new HashMap<>();
  private final Map<Var, Var> same = new HashMap<>();
  private final Map<Object, Var> available = new HashMap<>();
  private final Deque<Object> added = new ArrayDeque<>();
  private int epoch;
  private List<Instr> body = new ArrayList<>();

  private Simplify(Function function) {
    this.function = function;
    this.cfg = new Cfg(function);
  }

  static void function(Function function) {
    Simplify simplify = new Simplify(function);
    simplify.walk();
    Rewrite.uses(function, simplify::resolve);
    removeUnused(function);
  }

  private Var resolve(Var var) {
    Var value = var;
    while (same.containsKey(value)) {
      value = same.get(value);
    }
    return value;
  }

  private record Step(Block block, int mark) {}

  private void walk() {
    Map<Block, List<Block>> children = new HashMap<>();
    for (Block block : cfg.reversePostorder()) {
      Block above = cfg.dominator(block);
      if (above != null) {
        children.computeIfAbsent(above, b -> new ArrayList<>()).add(block);
      }
    }
    Deque<Step> todo = new ArrayDeque<>();
    todo.push(new Step(function.entry(), -1));
    while (!todo.isEmpty()) {
      Step step = todo.pop();
      if (step.mark() >= 0) {
        while (added.size() > step.mark()) {
          available.remove(added.pop());
        }
      } else {
        todo.push(new Step(step.block(), added.size()));
        block(step.block());
        children.getOrDefault(step.block(), List.of()).forEach(b -> todo.push(new Step(b, -1)));
      }
    }
  }

  private void block(Block block) {
    epoch++;
    body = new ArrayList<>();
    for (Instr old : block.body()) {
      Instr instr = simpler(Rewrite.uses(old, this::resolve));
      if (instr == null) {
        continue;
      }
      boolean check = instr.op() == Op.W_CHECK_BOUND || instr.op() == Op.W_CHECK_DIVISOR;
      if (Words.movable(instr) || check) {
        Object key = key(instr);
        Var known = available.get(key);
        if (known != null && (check || Words.replaces(known, instr.dest()))) {
          if (!check) {
            same.put(instr.dest(), known);
          }
          continue;
        }
        if (known == null) {
          available.put(key, check ? instr.arg(0) : instr.dest());
          added.push(key);
        }
      }
      if (Effects.collects(instr)) {
        epoch++;
      }
      if (instr.dest() != null) {
        definitions.put(instr.dest(), instr);
      }
      body.add(instr);
    }
    block.body().clear();
    block.body().addAll(body);
    block.setEnd(end(block.end().map(this::resolve, e -> End.mapArgs(e, this::resolve))));
  }

  private record Key(Op op, Object imm, List<Object> args, int epoch) {}

  private Object key(Instr instr) {
    List<Object> args = new ArrayList<>();
    for (Var arg : instr.args()) {
      Instr made = definitions.get(arg);
      args.add(made != null && Effects.isConstant(made) ? made.imm() : arg);
    }
    return new Key(instr.op(), instr.imm(), args, Words.pointsInside(instr) ? epoch : 0);
  }

  private Integer number(Var var) {
    Instr made = definitions.get(var);
    return made != null && made.op() == Op.W_CONST ? made.intImm() : null;
  }

  private Instr definition(Var var, Op op) {
    Instr made = definitions.get(var);
    return made != null && made.op() == op ? made : null;
  }

  /** A simpler instruction with the same result; null when an older variable has it. */
  private Instr simpler(Instr instr) {
    return switch (instr.op()) {
      case W_ADDI -> addi(instr);
      case W_ADD -> add(instr);
      case W_SARI -> sari(instr);
      case W_AND -> and(instr);
      case W_OR -> or(instr);
      case W_SHLI -> {
        Integer n = number(instr.arg(0));
        yield n == null ? instr : constant(instr, n << instr.intImm());
      }
      case W_LOAD, W_STORE -> access(instr);
      default -> instr;
    };
  }

  private static Instr constant(Instr instr, int number) {
    return Instr.of(Op.W_CONST, instr.dest(), number, instr.pc());
  }

  private Instr addi(Instr instr) {
    Integer n = number(instr.arg(0));
    if (n != null) {
      return constant(instr, n + instr.intImm());
    }
    Instr gathered = gathered(instr);
    if (gathered != null) {
      return gathered;
    }
    Instr inner = definition(instr.arg(0), Op.W_ADDI);
    Var base = inner == null ? instr.arg(0) : inner.arg(0);
    int sum = instr.intImm() + (inner == null ? 0 : inner.intImm());
    if (sum == 0 && Words.replaces(base, instr.dest())) {
      same.put(instr.dest(), base);
      return null;
    }
    // An address must not be kept longer than it was.
    boolean address = inner == null || Words.pointsInside(inner);
    boolean keeps =
        address
            && inner != null
            && definitions.get(base) != null
            && Words.pointsInside(definitions.get(base));
    if (inner == null || keeps) {
      return instr;
    }
    return Instr.of(Op.W_ADDI, instr.dest(), sum, instr.pc(), base);
  }

  /** Numbers added to the parts of a sum, a difference or a shift are added once, to the whole: tags, above all. */
  private Instr gathered(Instr instr) {
    Instr whole = definitions.get(instr.arg(0));
    if (whole == null || whole.dest().type() != Type.WORD) {
      return null;
    }
    boolean shift = whole.op() == Op.W_SHLI;
    if (!shift && whole.op() != Op.W_ADD && whole.op() != Op.W_SUB) {
      return null;
    }
    Var[] parts = whole.args().clone();
    int sum = instr.intImm();
    for (int i = 0; i < parts.length; i++) {
      Instr part = definition(parts[i], Op.W_ADDI);
      if (part != null && !insideBlock(part.arg(0))) {
        parts[i] = part.arg(0);
        int number = shift ? part.intImm() << whole.intImm() : part.intImm();
        sum += i == 1 && whole.op() == Op.W_SUB ? -number : number;
      }
    }
    if (List.of(parts).equals(List.of(whole.args())) || !Immediates.addi(sum)) {
      return null;
    }
    Var bare = function.newVar(Type.WORD);
    Instr made = new Instr(whole.op(), bare, parts, whole.imm(), whole.pc());
    definitions.put(bare, made);
    body.add(made);
    return Instr.of(Op.W_ADDI, instr.dest(), sum, instr.pc(), bare);
  }

  /** Whether the variable may be an address that must not be kept. */
  private boolean insideBlock(Var var) {
    Instr made = definitions.get(var);
    return var.type() == Type.WORD
        && made != null
        && made.op() != Op.W_ADD
        && made.op() != Op.W_SUB
        && Words.pointsInside(made);
  }

  private Instr add(Instr instr) {
    for (int i = 0; i < 2; i++) {
      Integer n = number(instr.arg(i));
      if (n != null && Immediates.addi(n)) {
        return addi(Instr.of(Op.W_ADDI, instr.dest(), n, instr.pc(), instr.arg(1 - i)));
      }
    }
    return instr;
  }

  private Instr sari(Instr instr) {
    Integer n = number(instr.arg(0));
    if (n != null) {
      return constant(instr, n >> instr.intImm());
    }
    Instr tagged = definition(instr.arg(0), Op.W_ADDI);
    if (instr.intImm() == 1 && tagged != null && tagged.intImm() == 1) {
      Instr twice = definition(tagged.arg(0), Op.W_SHLI);
      if (twice != null
          && twice.intImm() == 1
          && Words.fits31(definitions.get(twice.arg(0)))
          && Words.replaces(twice.arg(0), instr.dest())) {
        same.put(instr.dest(), twice.arg(0));
        return null;
      }
    }
    return instr;
  }

  private Instr and(Instr instr) {
    for (int i = 0; i < 2; i++) {
      Integer mask = number(instr.arg(i));
      if (mask != null && mask > 0 && (mask & mask + 1) == 0 && mask < 1 << 16) {
        mirage.backend.ir.Bits bits = new mirage.backend.ir.Bits(0, Integer.bitCount(mask));
        return Instr.of(Op.W_EXTUI, instr.dest(), bits, instr.pc(), instr.arg(1 - i));
      }
    }
    return instr;
  }

  /** Two shifts whose results meet: a rotation, or part of a longer number. */
  private Instr or(Instr instr) {
    for (int i = 0; i < 2; i++) {
      Instr left = definition(instr.arg(i), Op.W_SHLI);
      Instr right = definitions.get(instr.arg(1 - i));
      if (left != null && right != null && rightShift(right) == 32 - left.intImm()) {
        int shift = rightShift(right);
        return Instr.of(Op.W_FUNNEL, instr.dest(), shift, instr.pc(), left.arg(0), right.arg(0));
      }
    }
    return instr;
  }

  /** By how much an instruction moves the upper bits down and nothing else; 0 for others. */
  private static int rightShift(Instr instr) {
    if (instr.op() == Op.W_SHRI) {
      return instr.intImm();
    }
    if (instr.op() == Op.W_EXTUI) {
      mirage.backend.ir.Bits bits = (mirage.backend.ir.Bits) instr.imm();
      return bits.shift() + bits.count() == 32 ? bits.shift() : 0;
    }
    return 0;
  }

  /** The offset goes into the access when it can; the address is needed no longer than before. */
  private Instr access(Instr instr) {
    Instr address = definition(instr.arg(0), Op.W_ADDI);
    if (address == null || !Words.pointsInside(address)) {
      return instr;
    }
    Instr inner = definitions.get(address.arg(0));
    int offset = instr.intImm() + address.intImm();
    if (offset < 0
        || offset > 1020
        || offset % 4 != 0
        || inner != null && Words.pointsInside(inner)) {
      return instr;
    }
    Var[] args = instr.args().clone();
    args[0] = address.arg(0);
    return new Instr(instr.op(), instr.dest(), args, offset, instr.pc());
  }

  /** Comparing a masked bit with a tag is a test of that bit; tags need not be put on to be compared. */
  private End end(End end) {
    if (!(end instanceof End.Compare compare)) {
      return end;
    }
    End untagged = untagged(compare);
    if (untagged != end
        || compare.condition().number() == null
        || compare.condition().number() != 1) {
      return untagged;
    }
    Test test = compare.condition().test();
    Instr bits = definition(compare.args().get(0), Op.W_EXTUI);
    if ((test == Test.EQ || test == Test.NE)
        && bits != null
        && bits.imm().equals(new mirage.backend.ir.Bits(0, 2))
        && bits.arg(0).type() == Type.VALUE) {
      Condition bit = Condition.of(test == Test.EQ ? Test.BIT_CLEAR : Test.BIT_SET, 1);
      return new End.Compare(bit, List.of(bits.arg(0)), compare.ifTrue(), compare.ifFalse());
    }
    return end;
  }

  private End untagged(End.Compare compare) {
    Test test = compare.condition().test();
    if (test != Test.EQ && test != Test.NE && test != Test.LT && test != Test.GE) {
      return compare;
    }
    Integer number = compare.condition().number();
    Var a = untagged(compare.args().get(0));
    if (a == null) {
      return compare;
    }
    if (number != null) {
      // Below or not: for an even number the next one, which is odd, says the same.
      int limit = number >> 1;
      boolean odd = (number & 1) != 0;
      boolean order = test == Test.LT || test == Test.GE;
      if (!odd && order) {
        // n < 2m is n's half < m.
        odd = true;
      }
      return odd && Immediates.compares(test, limit)
          ? new End.Compare(
              Condition.of(test, limit), List.of(a), compare.ifTrue(), compare.ifFalse())
          : compare;
    }
    Var b = untagged(compare.args().get(1));
    return b == null
        ? compare
        : new End.Compare(compare.condition(), List.of(a, b), compare.ifTrue(), compare.ifFalse());
  }

  /** The number an OCaml integer was made of, if all of it is in it. */
  private Var untagged(Var var) {
    Instr tagged = definition(var, Op.W_ADDI);
    Instr twice =
        tagged == null || tagged.intImm() != 1 ? null : definition(tagged.arg(0), Op.W_SHLI);
    return twice != null && twice.intImm() == 1 && Words.fits31(definitions.get(twice.arg(0)))
        ? twice.arg(0)
        : null;
  }

  private static void removeUnused(Function function) {
    Map<Var, Instr> made = new HashMap<>();
    Set<Var> needed = new HashSet<>();
    Deque<Var> todo = new ArrayDeque<>();
    for (Block block : function.blocks()) {
      for (Instr instr : block.body()) {
        if (instr.dest() != null) {
          made.put(instr.dest(), instr);
        }
        if (!instr.op().removable()) {
          todo.addAll(List.of(instr.args()));
        }
      }
      todo.addAll(block.end().uses());
      for (Edge edge : block.end().edges()) {
        todo.addAll(List.of(edge.args()));
      }
    }
    while (!todo.isEmpty()) {
      Var var = todo.pop();
      if (needed.add(var) && made.containsKey(var)) {
        todo.addAll(List.of(made.get(var).args()));
      }
    }
    for (Block block : function.blocks()) {
      block.body().removeIf(i -> i.op().removable() && !needed.contains(i.dest()));
    }
  }
}
