// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mirage.formats.BytecodeFile;
import mirage.formats.Instruction;
import mirage.formats.PlainOp;

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
    int start = 0;
    for (Instruction instruction : file.code().instructions()) {
      if (instruction.does(PlainOp.SETGLOBAL)) {
        String name = names.getOrDefault(instruction.operand(0), "?");
        units.add(new Unit(name, start, instruction.next()));
        start = instruction.next();
      }
    }
    return units;
  }
}
