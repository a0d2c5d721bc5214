// SPDX-License-Identifier: Apache-2.0
package mirage.backend.interpret;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import mirage.backend.ir.Block;
import mirage.backend.ir.ClosureSet;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Op;
import mirage.backend.ir.Parse;
import mirage.backend.ir.Program;
import mirage.backend.ir.Var;

/**
 * Programs by chance, as the compiler reads them: a toplevel that puts functions into globals and calls each with some numbers, below a
 * trap. A function calls only those made before it, so every program ends.
 */
final class RandomProgram {
  /** What every program has: the exceptions of the run-time system, and a function that prints a number. */
  private static final String BASE =
      """
      global {248: "Out_of_memory", -1}
      global {248: "Sys_error", -2}
      global {248: "Failure", -3}
      global {248: "Invalid_argument", -4}
      global {248: "End_of_file", -5}
      global {248: "Division_by_zero", -6}
      global {248: "Not_found", -7}
      global {248: "Match_failure", -8}
      global {248: "Stack_overflow", -9}
      global {248: "Sys_blocked_io", -10}
      global {248: "Assert_failure", -11}
      global {248: "Undefined_recursive_module", -12}
      function main arity 0
      b0[]:
        stop

      function print arity 1
      b0[v0, v1]:
        v2 = int [1]
        v3 = c_call [caml_ml_open_descriptor_out] v2
        v4 = static ["%d"]
        v5 = c_call [caml_format_int] v4, v0
        v6 = int [0]
        v7 = c_call [caml_ml_string_length] v5
        v8 = c_call [caml_ml_output] v3, v5, v6, v7
        v9 = int [32]
        v10 = c_call [caml_ml_output_char] v3, v9
        return v10
      """;

  /** The exceptions' globals. */
  static final int EXCEPTIONS = 12;

  /** The global that has the function that prints. */
  static final int PRINT = EXCEPTIONS;

  private static final int FUNCTIONS = 4;
  private static final int CALLS = 3;

  /** Of all functions together. */
  private static final int STATEMENTS = 80;

  private final Random random;
  private final Program program = Parse.program(BASE);
  private final List<ClosureSet> toplevel = new ArrayList<>();

  private int statements = STATEMENTS;

  private RandomProgram(Random random) {
    this.random = random;
  }

  /** The next program. */
  static Program next(Random random) {
    return new RandomProgram(random).make();
  }

  private Program make() {
    toplevel.add(new ClosureSet(List.of(program.functions().get(1))));
    program.addGlobal();
    int count = 1 + random.nextInt(FUNCTIONS);
    for (int i = 0; i < count; i++) {
      Function function = new Function("f" + i, 1 + random.nextInt(3), 0);
      program.functions().add(function);
      ClosureSet set = new ClosureSet(List.of(function));
      toplevel.add(set);
      program.addGlobal();
      new RandomFunction(this, function, set, 0, List.of()).write();
    }
    main();
    return program;
  }

  Random random() {
    return random;
  }

  Program program() {
    return program;
  }

  /** Whether there may be one more statement, which counts. */
  boolean more() {
    return statements-- > 0;
  }

  /** The functions there are so far, each a set of its own, in the order of their globals. */
  List<ClosureSet> toplevel() {
    return toplevel;
  }

  static int global(int index) {
    return PRINT + index;
  }

  private void main() {
    Function main = program.main();
    main.blocks().clear();
    RandomCode code = new RandomCode(main, random);
    for (int i = 0; i < toplevel.size(); i++) {
      code.effect(Op.SET_GLOBAL, global(i), code.value(Op.CLOSURES, toplevel.get(i)));
    }
    for (int i = 1; i < toplevel.size(); i++) {
      for (int call = 0; call < CALLS; call++) {
        call(code, i);
      }
    }
    code.end(new End.Stop());
  }

  /** Prints the result, or whether the exception was a division by zero. */
  private void call(RandomCode code, int index) {
    Block body = code.newBlock();
    Block handler = code.newBlock();
    Block after = code.newBlock();
    code.end(new End.PushTrap(new Edge(body), handler, -1));

    code.begin(body);
    Var[] args = new Var[1 + toplevel.get(index).functions().get(0).arity()];
    args[0] = code.value(Op.GLOBAL, global(index));
    for (int i = 1; i < args.length; i++) {
      args[i] = code.unknown();
    }
    Var result = code.value(Op.APPLY, null, args);
    code.effect(Op.POP_TRAP, null);
    code.end(new End.Jump(new Edge(after, result)));

    code.begin(handler);
    Var exception = code.newVar();
    handler.params().add(exception);
    Var zero = code.value(Op.GLOBAL, RandomFunction.ZERO_DIVIDE);
    code.end(new End.Jump(new Edge(after, code.value(Op.EQ, null, exception, zero))));

    code.begin(after);
    Var shown = code.newVar();
    after.params().add(shown);
    code.value(Op.APPLY, null, code.value(Op.GLOBAL, PRINT), shown);
  }
}
