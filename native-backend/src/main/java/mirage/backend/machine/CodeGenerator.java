// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mirage.backend.ir.Check;
import mirage.backend.ir.Function;
import mirage.backend.ir.FunctionPass;
import mirage.backend.ir.Pass;
import mirage.backend.ir.Program;
import mirage.backend.machine.lower.Lower;
import mirage.backend.machine.lower.StaticData;
import mirage.backend.machine.register.Color;
import mirage.backend.machine.register.SinkSpills;
import mirage.backend.machine.register.Spill;
import mirage.backend.machine.target.Allocation;
import mirage.backend.machine.word.CheckAddresses;
import mirage.backend.machine.word.CountedLoops;
import mirage.backend.machine.word.Hoist;
import mirage.backend.machine.word.LatchTests;
import mirage.backend.machine.word.LateLoads;
import mirage.backend.machine.word.Returns;
import mirage.backend.machine.word.Simplify;
import mirage.backend.machine.word.SplitEdges;
import mirage.backend.machine.write.WriteProgram;
import mirage.formats.CallEvents;

/** The way of one program from operations on OCaml values to assembly text. */
public final class CodeGenerator {
  private final StaticData data = new StaticData();
  private final Map<Function, Allocation> allocations = new HashMap<>();

  /** What the lowered functions refer to. */
  public StaticData data() {
    return data;
  }

  /** Where a function's variables are; null before they have been spilled. */
  public Allocation allocation(Function function) {
    return allocations.get(function);
  }

  /** The steps in front of {@link #text}, each to be run once, in order. */
  public List<Pass> passes() {
    return List.of(
        new FunctionPass("lower", function -> Lower.function(function, data)),
        new FunctionPass("simplify", Simplify::function),
        new FunctionPass("counted-loops", CountedLoops::function),
        new FunctionPass("latch-tests", LatchTests::function),
        new FunctionPass("late-loads", LateLoads::function),
        new FunctionPass("split-edges", SplitEdges::function),
        new FunctionPass("returns", Returns::function),
        new FunctionPass("hoist", Hoist::function),
        new FunctionPass("check-addresses", CheckAddresses::function),
        new FunctionPass("spill", function -> allocations.put(function, Spill.function(function))),
        new FunctionPass("sink-spills", f -> SinkSpills.function(f, allocations.get(f))),
        new FunctionPass("color", f -> Color.function(f, allocations.get(f))));
  }

  /**
   * Checks what every step must keep. Once variables have been spilled, some stand for constants.
   *
   * @throws IllegalStateException naming the function, block and variable that break a rule
   */
  public void check(Function function) {
    Allocation allocation = allocation(function);
    Check.function(function, var -> allocation != null && allocation.isConstant(var));
  }

  /**
   * Assembly text of the program, whose variables have their places.
   *
   * @param events source locations for backtraces
   */
  public String text(Program program, CallEvents events) {
    return WriteProgram.text(program, data, allocations, events);
  }
}
