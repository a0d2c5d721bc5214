// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mirage.formats.BytecodeFile;
import mirage.formats.BytecodeOp;

/**
 * The part of the code that comes from one OCaml compilation unit.
 *
 * @param name as {@code Stdlib__List}
 * @param start index of its first word
 * @param end index behind its last word
 */
public record Unit(String name, int start, int end) {

  /** The units in the order they were linked. A unit's last instruction stores its module block. */
  static List<Unit> of(BytecodeFile file) {
    Map<Integer, String> names = new HashMap<>();
    file.globals().forEach((name, slot) -> names.put(slot, name));
    List<Unit> units = new ArrayList<>();
    int[] code = file.code();
    int start = 0;
    for (int pc = 0; pc < code.length; ) {
      BytecodeOp op = BytecodeOp.of(code[pc]);
      int end = pc + op.length(code, pc);
      if (op == BytecodeOp.SETGLOBAL) {
        units.add(new Unit(names.getOrDefault(code[pc + 1], "?"), start, end));
        start = end;
      }
      pc = end;
    }
    return units;
  }
}
