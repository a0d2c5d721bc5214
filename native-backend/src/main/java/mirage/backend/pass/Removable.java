// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import java.util.regex.Pattern;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Program;

/**
 * Tells which instructions may go when nobody uses their result.
 *
 * @param classes whether a class may, too: it is made by a call that fills tables of its own, and what is in the class
 *     statement but not in the class is evaluated outside of that call. Only in a program with recursive modules can the call
 *     fail, when the class inherits from one that is not made yet
 */
record Removable(KnownValues known, boolean classes) {
  private static final Pattern MAKES_CLASS = Pattern.compile("CamlinternalOO\\.make_class_\\d+");
  private static final String MAKES_RECURSIVE_MODULES = "CamlinternalMod.";

  static Removable of(Program program, KnownValues known) {
    return new Removable(
        known,
        program.functions().stream()
            .noneMatch(function -> function.name().startsWith(MAKES_RECURSIVE_MODULES)));
  }

  boolean test(Instr instr) {
    return instr.op().removable() || isPartial(instr) || isClass(instr);
  }

  /** A function that does not get all its arguments does nothing yet. */
  private boolean isPartial(Instr instr) {
    return instr.op() == Op.APPLY
        && known.of(instr.arg(0)) instanceof Known.Closure closure
        && closure.member().function().arity() > instr.args().length - 1;
  }

  private boolean isClass(Instr instr) {
    return classes
        && instr.op() == Op.CALL
        && MAKES_CLASS.matcher(((Function) instr.imm()).name()).matches();
  }
}
