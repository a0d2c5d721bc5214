// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import java.util.LinkedHashSet;
import java.util.Set;

/** The text of a function or a program, for people, and for {@link Parse}. */
public final class Print {
  private Print() {}

  /** The globals, the sets of several closures, and the functions. */
  public static String of(Program program) {
    StringBuilder text = new StringBuilder();
    program.globals().forEach(g -> text.append("global ").append(ConstantText.of(g)).append('\n'));
    sets(program).forEach(set -> text.append("closures ").append(set).append('\n'));
    program.functions().forEach(function -> text.append('\n').append(of(function)));
    return text.toString();
  }

  private static Set<ClosureSet> sets(Program program) {
    Set<ClosureSet> sets = new LinkedHashSet<>();
    for (Function function : program.functions()) {
      for (Block block : function.blocks()) {
        for (Instr instr : block.body()) {
          if (instr.imm() instanceof ClosureSet set) {
            sets.add(set);
          } else if (instr.imm() instanceof Member member) {
            sets.add(member.set());
          } else if (instr.imm() instanceof Captured captured) {
            sets.add(captured.set());
          }
        }
      }
    }
    sets.removeIf(set -> set.functions().size() == 1);
    return sets;
  }

  public static String of(Function function) {
    StringBuilder text = new StringBuilder("function ").append(function.name());
    text.append(" arity ").append(function.arity());
    if (function.slots() > 0) {
      text.append(" slots ").append(function.slots());
    }
    text.append('\n');
    for (Block block : new Cfg(function).reversePostorder()) {
      text.append(block.label()).append(block.params()).append(":\n");
      block.body().forEach(instr -> text.append("  ").append(instr).append('\n'));
      text.append("  ").append(block.end()).append('\n');
    }
    return text.toString();
  }
}
