// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import java.util.Set;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Primitive;

/** What a program does to an array without a change of it. */
final class ArrayReads {
  private static final Set<String> READS =
      Set.of(
          "caml_array_get",
          "caml_array_get_addr",
          "caml_array_unsafe_get",
          "caml_floatarray_get",
          "caml_floatarray_unsafe_get");

  private ArrayReads() {}

  /** Whether it gives an item of its first argument, and does nothing else with that. */
  static boolean test(Instr instr) {
    return instr.op() == Op.ITEM
        || instr.op() == Op.C_CALL && READS.contains(((Primitive) instr.imm()).name());
  }

  /** Whether it copies a block: what an array of constants is in the program's text. */
  static boolean isCopy(Instr instr) {
    return instr.op() == Op.C_CALL && ((Primitive) instr.imm()).name().equals("caml_obj_dup");
  }
}
