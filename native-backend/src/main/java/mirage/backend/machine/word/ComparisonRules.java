// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.word;

import java.util.List;
import mirage.backend.ir.Bits;
import mirage.backend.ir.Condition;
import mirage.backend.ir.Condition.Test;
import mirage.backend.ir.End;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Type;
import mirage.backend.ir.Var;
import mirage.backend.machine.target.Immediates;

/** Simpler conditions of branches, from what the words compared are made of. */
final class ComparisonRules {
  private final WordValues values;

  ComparisonRules(WordValues values) {
    this.values = values;
  }

  /** Comparing a masked bit with a tag is a test of that bit; tags need not be put on to be compared. */
  End simpler(End end) {
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
    Instr bits = values.made(compare.args().get(0), Op.W_EXTUI);
    if ((test == Test.EQ || test == Test.NE)
        && bits != null
        && bits.imm().equals(new Bits(0, 2))
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
    Var a = values.untagged(compare.args().get(0));
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
    Var b = values.untagged(compare.args().get(1));
    return b == null
        ? compare
        : new End.Compare(compare.condition(), List.of(a, b), compare.ifTrue(), compare.ifFalse());
  }
}
