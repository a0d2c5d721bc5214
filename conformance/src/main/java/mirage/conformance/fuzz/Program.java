// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A random program: a module behind the common prelude.
 *
 * @param number its name among others of one executable, and in what it prints
 * @param module its text, without the prelude
 * @param draws what it was made by
 */
record Program(long number, String module, Draws draws) {

  /** The program of a seed; its number is the seed. */
  static Program of(long seed) {
    return of(seed, Choice.seeded(seed));
  }

  /** The program that a record of decisions makes. */
  static Program of(long number, Draws draws) {
    return of(number, Choice.repeating(draws));
  }

  private static Program of(long number, Choice choice) {
    String module = new ProgramGenerator(choice).module(number);
    return new Program(number, module, choice.draws());
  }

  /** The source of an executable that runs programs one after the other. */
  static String source(List<Program> programs) {
    return programs.stream()
        .map(Program::module)
        .collect(Collectors.joining("\n", Prelude.TEXT + "\n", ""));
  }

  String source() {
    return source(List.of(this));
  }
}
