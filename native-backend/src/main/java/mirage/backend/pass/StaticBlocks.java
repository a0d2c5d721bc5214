// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mirage.backend.ir.Block;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Pass;
import mirage.backend.ir.Program;
import mirage.backend.ir.Var;

/**
 * Blocks of constants that nobody changes, compares or hands to what is not known, tables above all, become static data. They take no
 * memory of the heap, and no time at the program's start.
 */
public final class StaticBlocks implements Pass {
  @Override
  public String name() {
    return "static-blocks";
  }

  @Override
  public void run(Program program) {
    KnownValues known = new KnownValues(program);
    for (Function function : program.functions()) {
      Map<Var, Instr> constants = new HashMap<>();
      for (Block block : known.order(function)) {
        List<Instr> body = block.body();
        for (int i = 0; i < body.size(); i++) {
          Instr instr = constant(body.get(i), known, constants);
          body.set(i, instr);
          switch (instr.op()) {
            case INT, STATIC, CLOSED, ATOM, STATIC_BLOCK -> constants.put(instr.dest(), instr);
            default -> {}
          }
        }
      }
    }
  }

  private static Instr constant(Instr instr, KnownValues known, Map<Var, Instr> constants) {
    boolean followed = known.of(instr.dest()) instanceof Known.Block made && made.made() == instr;
    if (!followed || !Arrays.stream(instr.args()).allMatch(constants::containsKey)) {
      return instr;
    }
    return instr.op() == Op.BLOCK
        ? instr.withOp(Op.STATIC_BLOCK)
        : new Instr(
            Op.STATIC, instr.dest(), new Var[0], constants.get(instr.arg(0)).imm(), instr.pc());
  }
}
