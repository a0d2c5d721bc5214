// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import mirage.backend.ir.Instr;
import mirage.backend.ir.Member;
import mirage.backend.ir.Op;
import mirage.backend.ir.Var;
import mirage.formats.OcamlValue;

/** What is known of a variable's value when the program is compiled. Nothing yet is null. */
sealed interface Known {
  /** An immediate. */
  record Int(int value) implements Known {}

  /** A structured constant. Equal when it is the same object of static data. */
  record Constant(OcamlValue value) implements Known {
    @Override
    public boolean equals(Object other) {
      return other instanceof Constant constant && constant.value == value;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(value);
    }
  }

  /** A closure of a known set; which instance, if the set is made more than once, is not known. */
  record Closure(Member member) implements Known {}

  /**
   * The block that some instruction makes, as long as nobody changes it.
   *
   * @param made BLOCK, or a call of {@code caml_obj_dup} with a constant: an array of constants
   */
  record Block(Instr made) implements Known {
    /** The values of its fields; none if it is a copy of a constant. */
    Var[] fields() {
      return made.op() == Op.BLOCK ? made.args() : new Var[0];
    }
  }

  /** Any value. */
  record Any() implements Known {}

  Known ANY = new Any();

  /** What is known of a variable that may hold either. */
  static Known join(Known a, Known b) {
    if (a == null) {
      return b;
    }
    return b == null || a.equals(b) ? a : ANY;
  }
}
