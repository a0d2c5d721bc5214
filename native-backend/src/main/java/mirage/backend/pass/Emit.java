// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import java.util.List;
import mirage.backend.ir.Boxed;
import mirage.backend.ir.CCall;
import mirage.backend.ir.Condition;
import mirage.backend.ir.Emitter;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Var;

/** Adds instructions on words to a list: on the parts of boxed numbers, and calls of C functions. */
final class Emit extends Emitter {
  Emit(Function function, List<Instr> body, int pc) {
    super(function, body, pc);
  }

  /** From an OCaml integer. */
  Var untag(Var value) {
    return word(Op.W_SARI, 1, value);
  }

  /** To an OCaml integer. */
  void tag(Var dest, Var word) {
    into(dest, Op.W_ADDI, 1, word(Op.W_SHLI, 1, word));
  }

  /** The words of a boxed number. */
  Var[] unbox(Boxed kind, Var boxed) {
    Var[] words = new Var[kind.words()];
    for (int i = 0; i < words.length; i++) {
      words[i] = word(Op.UNBOX, new Boxed.Part(kind, i), boxed);
    }
    return words;
  }

  void box(Var dest, Boxed kind, Var... words) {
    into(dest, Op.BOX, kind, words);
  }

  /** A C function on words that returns a word. */
  Var call(String name, Var... args) {
    return word(Op.W_C_CALL, new CCall(name, false, false), args);
  }

  /** A C function on words that returns two. */
  Var[] call2(String name, Var... args) {
    Var low = call(name, args);
    return new Var[] {low, word(Op.W_HIGH, null, low)};
  }

  void test(Var dest, Condition condition, Var... args) {
    into(dest, Op.W_TEST, condition, args);
  }

  static Var[] join(Var[] a, Var[] b) {
    Var[] all = new Var[a.length + b.length];
    System.arraycopy(a, 0, all, 0, a.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }
}
