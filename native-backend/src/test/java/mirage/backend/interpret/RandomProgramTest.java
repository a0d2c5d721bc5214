// SPDX-License-Identifier: Apache-2.0
package mirage.backend.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import mirage.backend.Compiler;
import mirage.backend.ir.Check;
import mirage.backend.ir.Pass;
import mirage.backend.ir.Print;
import mirage.backend.ir.Program;
import mirage.backend.machine.CodeGenerator;
import org.junit.jupiter.api.Test;

/**
 * Random programs do the same before and after each step: {@code -Drandom.programs=5000} tries more of them, {@code -Drandom.seed=7}
 * others. A failure tells the program in front of the step, in the form of the golden files.
 */
class RandomProgramTest {
  private static final int PROGRAMS = Integer.getInteger("random.programs", 100);
  private static final long SEED = Long.getLong("random.seed", 1);

  /** Longer ones take time and test nothing more. */
  private static final int LONGEST = 20_000;

  @Test
  void everyStepKeepsWhatRandomProgramsDo() {
    int tried = 0;
    for (int i = 0; i < PROGRAMS; i++) {
      tried += tried(SEED + i) ? 1 : 0;
    }
    assertThat(tried).isGreaterThan(PROGRAMS / 2);
  }

  private static boolean tried(long seed) {
    Program program = RandomProgram.next(new Random(seed));
    program.functions().forEach(Check::function);
    CodeGenerator generator = new CodeGenerator();
    Interpreter first = new Interpreter(program, generator);
    String expected = first.run();
    if (first.steps() > LONGEST) {
      return false;
    }
    List<Pass> passes = new ArrayList<>(Compiler.passes());
    passes.addAll(generator.passes());
    String text = Print.of(program);
    for (int i = 0; i < passes.size(); i++) {
      String before = text;
      String step = "seed %d, step %d, %s".formatted(seed, i + 1, passes.get(i).name());
      String found;
      try {
        passes.get(i).run(program);
        program.functions().forEach(generator::check);
        text = Print.of(program);
        if (text.equals(before) && generator.allocation(program.main()) == null) {
          continue;
        }
        found = new Interpreter(program, generator).run();
      } catch (RuntimeException e) {
        throw new AssertionError(step + " of\n" + before, e);
      }
      assertThat(found).as("%s of%n%s", step, before).isEqualTo(expected);
    }
    return true;
  }
}
