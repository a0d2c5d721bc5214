// SPDX-License-Identifier: Apache-2.0
package mirage.backend;

import java.time.Duration;
import mirage.backend.ir.Program;

/** Sees a compilation as it goes on, for dumps and statistics. */
@FunctionalInterface
public interface Observer {
  /** Looks at nothing. */
  Observer NONE = (step, program) -> {};

  /**
   * A part of the compilation.
   *
   * @param name {@link Compiler#READ}, the name of a pass, or {@link Compiler#WRITE}
   * @param run 1 for the first step of that name, 2 for the second
   * @param time what it took
   */
  record Step(String name, int run, Duration time) {}

  /**
   * Called after each step, on the compiler's thread.
   *
   * @param program as the step left it; it must not be changed, and will change with the next step
   */
  void done(Step step, Program program);
}
