// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.target;

import mirage.backend.ir.Function;
import mirage.backend.ir.OcamlSymbol;
import mirage.backend.ir.Symbol;

/** Symbols of what the compiler emits, and of the run-time support it relies on. */
public final class Names {
  /** The globals, an array of values in RAM. */
  public static final String GLOBALS = "caml_native_globals";

  /** With a number: blocks of constants and closures. */
  public static final String STATIC_BLOCK = "caml_native_block";

  private Names() {}

  public static String code(Function function) {
    return OcamlSymbol.of(function.name());
  }

  public static Symbol codeSymbol(Function function) {
    return new Symbol(code(function));
  }

  public static String closure(Function function) {
    return code(function) + "_closure";
  }

  /** Takes arguments one by one for a closure of that arity. */
  public static String curry(int arity) {
    return "caml_curry" + arity;
  }

  /** Applies a closure, the last argument, to that many arguments. */
  public static String apply(int count) {
    return "caml_apply" + count;
  }

  public static Symbol atom(int tag) {
    return new Symbol("caml_native_atom" + tag);
  }
}
