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
import mirage.xtensa.Opcode;

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
        out.add(Opcode.J, labels.get(no.target()));
      }
    }
  }

  void test(Instr instr) {
    int to = register.applyAsInt(instr.dest());
    Condition condition = (Condition) instr.imm();
    String done = out.newLabel();
    out.move(to, 3);
    branch(condition, List.of(instr.args()), done);
    out.move(to, 1);
    out.label(done);
  }

  private void branch(Condition condition, List<Var> args, String target) {
    int a = register.applyAsInt(args.get(0));
    Integer number = condition.number();
    if (number == null) {
      out.add(onWords(condition.test()), target, a, register.applyAsInt(args.get(1)));
    } else if (number == 0 && onZero(condition.test()) != null) {
      out.add(onZero(condition.test()), target, a);
    } else {
      out.add(onNumber(condition.test()), target, a, number);
    }
  }

  private static Opcode onWords(Condition.Test test) {
    return switch (test) {
      case EQ -> Opcode.BEQ;
      case NE -> Opcode.BNE;
      case LT -> Opcode.BLT;
      case GE -> Opcode.BGE;
      case LTU -> Opcode.BLTU;
      case GEU -> Opcode.BGEU;
      case BIT_SET -> Opcode.BBS;
      case BIT_CLEAR -> Opcode.BBC;
    };
  }

  private static Opcode onZero(Condition.Test test) {
    return switch (test) {
      case EQ -> Opcode.BEQZ;
      case NE -> Opcode.BNEZ;
      case LT -> Opcode.BLTZ;
      case GE -> Opcode.BGEZ;
      case LTU, GEU, BIT_SET, BIT_CLEAR -> null;
    };
  }

  private static Opcode onNumber(Condition.Test test) {
    return switch (test) {
      case EQ -> Opcode.BEQI;
      case NE -> Opcode.BNEI;
      case LT -> Opcode.BLTI;
      case GE -> Opcode.BGEI;
      case LTU -> Opcode.BLTUI;
      case GEU -> Opcode.BGEUI;
      case BIT_SET -> Opcode.BBSI;
      case BIT_CLEAR -> Opcode.BBCI;
    };
  }
}
