// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mirage.formats.DebugInfo;

/** The arguments of a function at its first instruction: in a2 to a9, then in {@code caml_native_arguments}. */
final class Arguments {
  private static final int FIRST = 2;
  private static final int IN_REGISTERS = 8;

  private final Program program;
  private final Chip chip;

  Arguments(Program program, Chip chip) {
    this.program = program;
    this.chip = chip;
  }

  /** {@code name = value} for each. */
  List<String> of(DebugInfo.Function function) {
    Values values = new Values(program, chip);
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < function.parameters().size(); i++) {
      Optional<Integer> value =
          i < IN_REGISTERS
              ? Optional.of(chip.register(FIRST + i))
              : chip.word(program.symbol("caml_native_arguments") + 4 * (i - IN_REGISTERS));
      String text = value.map(values::show).orElse("?");
      shown.add(function.parameters().get(i) + " = " + text);
    }
    return shown;
  }
}
