// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.program;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mirage.formats.BytecodeFile;
import mirage.formats.BytecodeOp;

/** The C functions that the instructions which stay call, renumbered in the order they are met. */
final class Primitives {
  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  Primitives(BytecodeFile file, BitSet kept) {
    int[] code = file.code();
    for (int pc = kept.nextSetBit(0); pc >= 0; pc = kept.nextSetBit(pc + 1)) {
      int operand = operand(code, pc);
      if (operand >= 0) {
        numbers.putIfAbsent(file.primitives().get(code[operand]), numbers.size());
      }
    }
  }

  /** The word of the instruction at {@code pc} that holds a primitive's number, or -1. */
  static int operand(int[] code, int pc) {
    return switch (BytecodeOp.of(code[pc]).shape()) {
      case PRIMITIVE -> pc + 1;
      case NUMBER_PRIMITIVE -> pc + 2;
      default -> -1;
    };
  }

  int number(String name) {
    return numbers.get(name);
  }

  List<String> names() {
    return List.copyOf(numbers.keySet());
  }
}
