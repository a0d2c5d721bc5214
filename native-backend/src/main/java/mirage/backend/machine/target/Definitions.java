// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.target;

import java.util.HashMap;
import java.util.Map;
import mirage.backend.ir.Block;
import mirage.backend.ir.Cfg;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Var;

/**
 * Where variables get their values. Whoever moves instructions keeps it up to date.
 *
 * @param instructions of those that are no parameters
 * @param homes the blocks, for parameters too
 */
public record Definitions(Map<Var, Instr> instructions, Map<Var, Block> homes) {
  public static Definitions of(Cfg cfg) {
    Definitions found = new Definitions(new HashMap<>(), new HashMap<>());
    for (Block block : cfg.reversePostorder()) {
      block.params().forEach(param -> found.homes.put(param, block));
      for (Instr instr : block.body()) {
        if (instr.dest() != null) {
          found.instructions.put(instr.dest(), instr);
          found.homes.put(instr.dest(), block);
        }
      }
    }
    return found;
  }
}
