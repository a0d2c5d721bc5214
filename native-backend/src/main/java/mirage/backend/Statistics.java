// SPDX-License-Identifier: Apache-2.0
package mirage.backend;

import java.time.Duration;
import java.util.Locale;
import mirage.backend.ir.Block;
import mirage.backend.ir.Function;
import mirage.backend.ir.Program;

/** A table of what each step of a compilation takes, and of the program's size after it. */
public final class Statistics implements Observer {
  private static final double NANOSECONDS = 1e6;

  private final StringBuilder table =
      new StringBuilder(
          String.format(
              "%-16s %10s %10s %10s %13s%n", "pass", "ms", "functions", "blocks", "instructions"));
  private Duration total = Duration.ZERO;

  @Override
  public void done(Step step, Program program) {
    total = total.plus(step.time());
    int blocks = 0;
    int instructions = 0;
    for (Function function : program.functions()) {
      blocks += function.blocks().size();
      for (Block block : function.blocks()) {
        instructions += block.body().size() + 1;
      }
    }
    String name = step.run() == 1 ? step.name() : step.name() + ":" + step.run();
    table.append(
        String.format(
            Locale.ROOT,
            "%-16s %10.1f %10d %10d %13d%n",
            name,
            step.time().toNanos() / NANOSECONDS,
            program.functions().size(),
            blocks,
            instructions));
  }

  /** The table, with a line for the sum. */
  @Override
  public String toString() {
    return table
        + String.format(Locale.ROOT, "%-16s %10.1f%n", "total", total.toNanos() / NANOSECONDS);
  }
}
