// SPDX-License-Identifier: Apache-2.0
package mirage.backend.interpret;

import mirage.backend.ir.Program;
import mirage.backend.machine.CodeGenerator;

/** Runs one function of a program. */
public final class FunctionRun {
  private FunctionRun() {}

  /**
   * What the program's main function returns, or a text that tells the exception it ends with.
   *
   * @param generator whose steps have been run, or none yet
   * @param args words, as the function's parameters are to hold them
   */
  public static String result(Program program, CodeGenerator generator, int... args) {
    Interpreter machine = new Interpreter(program, generator);
    try {
      return Integer.toString(machine.call(program.main(), args, 0));
    } catch (OcamlRaise e) {
      return "exception " + machine.primitives().exception(e.value());
    }
  }
}
