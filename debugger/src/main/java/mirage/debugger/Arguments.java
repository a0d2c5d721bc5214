// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mirage.formats.DebugInfo;

/**
 * The arguments of functions: at the first instruction they are in a2 to a9, then in {@code caml_native_arguments}; while
 * the program is stepped from there on, they are remembered until the function returns.
 */
final class Arguments {
  private static final int FIRST = 2;
  private static final int IN_REGISTERS = 8;

  private final Executable program;
  private final Machine machine;

  /** By the stack pointer where the function began. */
  private final Map<Integer, List<Variable>> entered = new HashMap<>();

  Arguments(Executable program, Machine machine) {
    this.program = program;
    this.machine = machine;
  }

  /** The program goes on without being watched. */
  void forget() {
    entered.clear();
  }

  /**
   * The program has stopped: calls that have returned are forgotten, one that begins is remembered.
   *
   * @param calls those that have not returned, innermost first
   */
  void update(List<Stack.Call> calls) {
    if (!calls.isEmpty()) {
      int sp = calls.get(0).callerSp();
      entered.keySet().removeIf(other -> Integer.compareUnsigned(other, sp) < 0);
    }
    int pc = machine.pc();
    program
        .function(pc)
        .filter(function -> program.start(function) == pc)
        .ifPresent(function -> entered.put(machine.sp(), read(function)));
  }

  /** Those of the call that began with a stack pointer; nothing if they are not known any more. */
  Optional<List<Variable>> of(int callerSp) {
    return Optional.ofNullable(entered.get(callerSp));
  }

  private List<Variable> read(DebugInfo.Function function) {
    Values values = new Values(program, machine);
    List<Variable> read = new ArrayList<>();
    for (int i = 0; i < function.parameters().size(); i++) {
      Optional<Integer> value =
          i < IN_REGISTERS
              ? Optional.of(machine.register(FIRST + i))
              : machine.word(program.symbol("caml_native_arguments") + 4 * (i - IN_REGISTERS));
      read.add(new Variable(function.parameters().get(i), value.map(values::show).orElse("?")));
    }
    return read;
  }
}
