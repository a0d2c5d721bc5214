// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.write;

import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import mirage.backend.ir.Block;
import mirage.backend.ir.Condition;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Var;
import mirage.backend.machine.text.Assembly;

/** Writes comparisons: as branches, and as the booleans they give. */
final class WriteBranches {
  private final Assembly out;
  private final Map<Block, String> labels;
  private final ToIntFunction<Var> register;

  WriteBranches(Assembly out, Map<Block, String> labels, ToIntFunction<Var> register) {
    this.out = out;
    this.labels = labels;
    this.register = register;
  }

  /**
   * The end of a block.
   *
   * @param following the block written behind, null if none
   */
  void compare(End.Compare compare, Block following) {
    Edge yes = compare.ifTrue();
    Edge no = compare.ifFalse();
    if (yes.target() == following) {
      branch(compare.condition().not(), compare.args(), labels.get(no.target()));
    } else {
      branch(compare.condition(), compare.args(), labels.get(yes.target()));
      if (no.target() != following) {
        out.line("j %s", labels.get(no.target()));
      }
    }
  }

  void test(Instr instr) {
    int to = register.applyAsInt(instr.dest());
    Condition condition = (Condition) instr.imm();
    String done = out.newLabel();
    out.line("movi a%d, 3", to);
    branch(condition, List.of(instr.args()), done);
    out.line("movi a%d, 1", to);
    out.label(done);
  }

  private void branch(Condition condition, List<Var> args, String target) {
    int a = register.applyAsInt(args.get(0));
    Integer number = condition.number();
    String name =
        switch (condition.test()) {
          case EQ -> "beq";
          case NE -> "bne";
          case LT -> "blt";
          case GE -> "bge";
          case LTU -> "bltu";
          case GEU -> "bgeu";
          case BIT_SET -> "bbs";
          case BIT_CLEAR -> "bbc";
        };
    if (number == null) {
      out.line("%s a%d, a%d, %s", name, a, register.applyAsInt(args.get(1)), target);
    } else if (number == 0 && condition.test().ordinal() < 4) {
      out.line("%sz a%d, %s", name, a, target);
    } else {
      out.line("%si a%d, %d, %s", name, a, number, target);
    }
  }
}
