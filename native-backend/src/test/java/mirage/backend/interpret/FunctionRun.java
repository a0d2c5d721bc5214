// SPDX-License-Identifier: Apache-2.0
package mirage.backend.interpret;

import mirage.backend.ir.Program;
import mirage.backend.machine.CodeGenerator;

/** Runs one function of a program. */
public final class FunctionRun {
  private final Interpreter machine;
  private final Memory memory;

  private FunctionRun(Program program, CodeGenerator generator) {
    this.machine = new Interpreter(program, generator);
    this.memory = machine.memory();
  }

  /**
   * The word that the program's main function returns, or a text that tells the exception it ends with.
   *
   * @param generator whose steps have been run, or none yet
   * @param args words, as the function's parameters are to hold them
   */
  public static String word(Program program, CodeGenerator generator, int... args) {
    FunctionRun run = new FunctionRun(program, generator);
    try {
      return Integer.toString(run.machine.call(program.main(), args, 0));
    } catch (OcamlRaise e) {
      return "exception " + run.machine.primitives().exception(e.value());
    }
  }

  /** The same for an OCaml value, with all that it leads to. */
  public static String value(Program program, CodeGenerator generator, int... args) {
    FunctionRun run = new FunctionRun(program, generator);
    try {
      return run.text(run.machine.call(program.main(), args, 0));
    } catch (OcamlRaise e) {
      return "exception " + run.machine.primitives().exception(e.value());
    }
  }

  private String text(int value) {
    if ((value & 1) != 0) {
      return Integer.toString(value >> 1);
    }
    int tag = memory.tag(value);
    StringBuilder text = new StringBuilder("{" + tag + ":");
    for (int i = 0; i < memory.words(value); i++) {
      int field = memory.field(value, i);
      text.append(' ');
      if (tag == Memory.CUSTOM_TAG && i == 0) {
        text.append(operations(field));
      } else if (tag >= Memory.STRING_TAG) {
        text.append(Integer.toHexString(field));
      } else {
        text.append(text(field));
      }
    }
    return text.append('}').toString();
  }

  private String operations(int address) {
    for (String type : new String[] {"int32", "int64", "nativeint"}) {
      if (machine.name("caml_" + type + "_ops") == address) {
        return type;
      }
    }
    return "unknown";
  }
}
