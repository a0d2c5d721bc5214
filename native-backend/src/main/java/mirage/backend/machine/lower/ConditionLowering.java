// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.lower;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import mirage.backend.ir.Condition;
import mirage.backend.ir.Condition.Test;
import mirage.backend.ir.End;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Var;
import mirage.backend.machine.target.Immediates;

/** Comparisons of tagged integers, and branches on what they give. */
final class ConditionLowering {
  private static final int FALSE = 1;

  private final UnaryOperator<Var> use;
  private final Function<Var, Integer> number;
  private final Function<Var, Instr> definition;

  /**
   * @param use the operand, made here if it is a constant
   * @param number the operand's value if it is a constant, else null
   * @param definition the instruction that makes the operand, else null
   */
  ConditionLowering(
      UnaryOperator<Var> use, Function<Var, Integer> number, Function<Var, Instr> definition) {
    this.use = use;
    this.number = number;
    this.definition = definition;
  }

  /** A condition and what it is about. */
  record Comparison(Condition condition, Var... args) {}

  /** As a condition on words; of what an instruction compares, one that is a constant is part of it where it fits. */
  Comparison comparison(Instr instr) {
    Var a = instr.arg(0);
    Var b = instr.arg(1);
    Test test =
        switch (instr.op()) {
          case EQ -> Test.EQ;
          case NE -> Test.NE;
          case LT, GT -> Test.LT;
          case LE, GE -> Test.GE;
          case ULT -> Test.LTU;
          default -> Test.GEU;
        };
    if (instr.op() == Op.GT || instr.op() == Op.LE) {
      Var swap = a;
      a = b;
      b = swap;
    }
    if (number.apply(b) != null && Immediates.compares(test, Lower.tagged(number.apply(b)))) {
      return new Comparison(Condition.of(test, Lower.tagged(number.apply(b))), use.apply(a));
    }
    if (number.apply(a) != null) {
      int n = Lower.tagged(number.apply(a));
      // n < b is b >= n+1, n >= b is b < n+1; words are tagged, so the next integer is n+2, and n+1
      // serves as well.
      Test turned = turned(test);
      int bound = test == Test.LT || test == Test.GE ? n + 1 : n;
      boolean fits = test != Test.LT && test != Test.GE || n != Integer.MAX_VALUE;
      for (int candidate : new int[] {bound, bound + 1}) {
        boolean exact = candidate == bound || test == Test.LT || test == Test.GE;
        if (turned != null && fits && exact && Immediates.compares(turned, candidate)) {
          return new Comparison(Condition.of(turned, candidate), use.apply(b));
        }
      }
    }
    return new Comparison(Condition.of(test), use.apply(a), use.apply(b));
  }

  private static Test turned(Test test) {
    return switch (test) {
      case EQ -> Test.EQ;
      case NE -> Test.NE;
      case LT -> Test.GE;
      case GE -> Test.LT;
      default -> null;
    };
  }

  /** The branch on a comparison of words; what its condition is made of need not be made. */
  End branch(End.Branch branch) {
    Instr made = definition.apply(branch.condition());
    if (made != null && made.op() == Op.NOT) {
      return branch(new End.Branch(made.arg(0), branch.ifFalse(), branch.ifTrue()));
    }
    Comparison tested = made == null ? truth(branch.condition()) : tested(made);
    return new End.Compare(
        tested.condition(), List.of(tested.args()), branch.ifTrue(), branch.ifFalse());
  }

  private Comparison tested(Instr made) {
    return switch (made.op()) {
      case EQ, NE, LT, LE, GT, GE, ULT, UGE -> comparison(made);
      case W_TEST ->
          new Comparison(
              (Condition) made.imm(), Arrays.stream(made.args()).map(use).toArray(Var[]::new));
      case IS_INT -> new Comparison(Condition.of(Test.BIT_SET, 0), use.apply(made.arg(0)));
      default -> truth(made.dest());
    };
  }

  private Comparison truth(Var condition) {
    return new Comparison(Condition.of(Test.NE, FALSE), use.apply(condition));
  }
}
