// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.program;

import java.util.List;
import java.util.stream.Collectors;
import mirage.conformance.fuzz.draws.Choice;
import mirage.conformance.fuzz.draws.Draws;

/**
 * A random program: a module behind the common prelude.
 *
 * @param number its name among others of one executable, and in what it prints
 * @param module its text, without the prelude
 * @param draws what it was made by
 */
public record Program(long number, String module, Draws draws) {

  /** The program of a seed; its number is the seed. */
  public static Program of(long seed) {
    return of(seed, Choice.seeded(seed));
  }

  /** The program that a record of decisions makes. */
  public static Program of(long number, Draws draws) {
    return of(number, Choice.repeating(draws));
  }

  private static Program of(long number, Choice choice) {
    String module = new ProgramGenerator(choice).module(number);
    return new Program(number, module, choice.draws());
  }

  /** The source of an executable that runs programs one after the other. */
  public static String source(List<Program> programs) {
    return programs.stream()
        .map(Program::module)
        .collect(Collectors.joining("\n", Prelude.TEXT + "\n", ""));
  }

  public String source() {
    return source(List.of(this));
  }
}
