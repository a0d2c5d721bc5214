// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.word;

import java.util.HashMap;
import java.util.Map;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Var;
import mirage.backend.machine.target.Words;

/** What a function's variables are made by, and which of them have turned out to be the same. */
final class WordValues {
  private final Map<Var, Instr> definitions = new HashMap<>();
  private final Map<Var, Var> same = new HashMap<>();

  /** The instruction is what makes its result; nothing if it has none. */
  void define(Instr instr) {
    if (instr.dest() != null) {
      definitions.put(instr.dest(), instr);
    }
  }

  /** From now on {@link #resolve} gives the older variable for the newer. */
  void same(Var newer, Var older) {
    same.put(newer, older);
  }

  /** The oldest variable with the same value. */
  Var resolve(Var var) {
    Var value = var;
    while (same.containsKey(value)) {
      value = same.get(value);
    }
    return value;
  }

  /** The instruction that makes the variable; null when none has been seen. */
  Instr made(Var var) {
    return definitions.get(var);
  }

  /** The same if it is that operation, else null. */
  Instr made(Var var, Op op) {
    Instr made = made(var);
    return made != null && made.op() == op ? made : null;
  }

  /** The variable's value if it is known when compiling, else null. */
  Integer number(Var var) {
    Instr made = made(var, Op.W_CONST);
    return made != null ? made.intImm() : null;
  }

  /** The number an OCaml integer was made of, if all of it is in it, else null. */
  Var untagged(Var var) {
    Instr tagged = made(var, Op.W_ADDI);
    Instr twice = tagged == null || tagged.intImm() != 1 ? null : made(tagged.arg(0), Op.W_SHLI);
    return twice != null && twice.intImm() == 1 && Words.fits31(made(twice.arg(0)))
        ? twice.arg(0)
        : null;
  }
}
