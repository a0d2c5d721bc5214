// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.chip;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mirage.emulator.Outcome;
import mirage.tools.Ending;

/** Runs a flash image as a process of its own, for scripts: {@code Main <image> <memory> <seconds> <argument>...}. */
public final class Main {
  private Main() {}

  /** Prints what the program prints and exits with its status; with 124 if it did not end. */
  public static void main(String[] words) throws IOException, InterruptedException {
    Ending.of(() -> run(words));
  }

  private static int run(String[] words) {
    List<String> arguments = List.of(words).subList(3, words.length);
    ChipProgram program =
        new ChipProgram(Path.of(words[0]), Optional.empty(), BoardMemory.valueOf(words[1]));
    ChipProgram.Result result = program.run(arguments, Double.parseDouble(words[2]));
    System.out.write(result.output(), 0, result.output().length);
    return result.outcome().kind() == Outcome.Kind.HALTED ? result.outcome().status() : 124;
  }
}
