// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.program;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mirage.formats.BytecodeFile;
import mirage.formats.Instruction;
import mirage.formats.Operand;

/** The C functions that the instructions which stay call, renumbered in the order they are met. */
final class Primitives {
  private final BytecodeFile file;
  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  Primitives(BytecodeFile file, BitSet kept) {
    this.file = file;
    for (int pc = kept.nextSetBit(0); pc >= 0; pc = kept.nextSetBit(pc + 1)) {
      String name = of(file, file.code().at(pc));
      if (name != null) {
        numbers.putIfAbsent(name, numbers.size());
      }
    }
  }

  /** The C function that an instruction calls, or null. */
  static String of(BytecodeFile file, Instruction instruction) {
    int number = instruction.operand(Operand.PRIMITIVE);
    return number < 0 ? null : file.primitives().get(number);
  }

  /** New number of the C function with an old number. */
  int renumbered(int number) {
    return numbers.get(file.primitives().get(number));
  }

  List<String> names() {
    return List.copyOf(numbers.keySet());
  }
}
