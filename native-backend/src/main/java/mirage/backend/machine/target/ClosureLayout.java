// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.target;

import java.util.List;
import mirage.backend.ir.ClosureSet;
import mirage.backend.ir.Function;
import mirage.formats.OcamlTags;

/**
 * How a set of closures lies in its heap block. Each function has its code pointer and closure
 * information; one of several arguments has its code pointer behind that, and that of its currying
 * function in front. An infix header precedes each function but the first; captured variables come last.
 */
public record ClosureLayout(ClosureSet set) {
  /** Words of one function. */
  private static int words(Function function) {
    return function.arity() > 1 ? 3 : 2;
  }

  /** Word index of function {@code index}'s closure. */
  public int start(int index) {
    int start = 0;
    List<Function> functions = set.functions();
    for (int i = 0; i < index; i++) {
      start += words(functions.get(i)) + 1;
    }
    return start;
  }

  /** Word index of the first captured variable. */
  public int environment() {
    int last = set.functions().size() - 1;
    return start(last) + words(set.functions().get(last));
  }

  /** Closure information of function {@code index}: arity, start of the environment from here. */
  public int info(int index) {
    return info(set.functions().get(index).arity(), environment() - start(index));
  }

  public static int info(int arity, int environment) {
    return arity << 24 | environment << 1 | 1;
  }

  /** Header of the infix closure of function {@code index}, which is not the first. */
  public int infixHeader(int index) {
    return start(index) << 10 | OcamlTags.INFIX;
  }

  /** Header of the whole block, white. */
  public int header(int captured) {
    return (environment() + captured) << 10 | OcamlTags.CLOSURE;
  }
}
