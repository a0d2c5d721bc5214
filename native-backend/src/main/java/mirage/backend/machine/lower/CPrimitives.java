// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.lower;

import java.util.Map;
import java.util.Set;
import mirage.backend.ir.CCall;
import mirage.backend.ir.Op;
import mirage.backend.ir.Symbol;
import mirage.backend.ir.Var;

/** Calls of C primitives. */
final class CPrimitives {
  /** Arguments passed in registers by the call0 convention; primitives of more take an array. */
  private static final int MAX_DIRECT = 5;

  /**
   * Primitives of the run-time system that never allocate, raise or call back, so that they can be called
   * as they are.
   */
  private static final Set<String> PLAIN =
      Set.of(
          "caml_string_equal",
          "caml_string_notequal",
          "caml_string_compare",
          "caml_string_lessthan",
          "caml_string_lessequal",
          "caml_string_greaterthan",
          "caml_string_greaterequal",
          "caml_bytes_equal",
          "caml_bytes_notequal",
          "caml_bytes_compare",
          "caml_bytes_lessthan",
          "caml_bytes_lessequal",
          "caml_bytes_greaterthan",
          "caml_bytes_greaterequal",
          "caml_ml_string_length",
          "caml_ml_bytes_length",
          "caml_blit_bytes",
          "caml_blit_string",
          "caml_fill_bytes",
          "caml_eq_float",
          "caml_neq_float",
          "caml_lt_float",
          "caml_le_float",
          "caml_gt_float",
          "caml_ge_float",
          "caml_float_compare",
          "caml_int_compare",
          "caml_int32_compare",
          "caml_int64_compare",
          "caml_nativeint_compare",
          "caml_int_of_float",
          "caml_int32_to_int",
          "caml_int64_to_int",
          "caml_nativeint_to_int",
          "caml_obj_tag",
          "caml_get_public_method",
          "caml_hash_mix_final",
          "caml_ensure_stack_capacity");

  /**
   * Primitives whose usual cases have a short way, by how many arguments they take. The function of the same name, with
   * {@code caml_native_} for {@code caml_}, is called like an OCaml function (quick.S).
   */
  private static final Map<String, Integer> QUICK =
      Map.ofEntries(
          Map.entry("caml_compare", 2),
          Map.entry("caml_equal", 2),
          Map.entry("caml_notequal", 2),
          Map.entry("caml_lessthan", 2),
          Map.entry("caml_lessequal", 2),
          Map.entry("caml_greaterthan", 2),
          Map.entry("caml_greaterequal", 2),
          Map.entry("caml_array_get", 2),
          Map.entry("caml_array_unsafe_get", 2),
          Map.entry("caml_array_set", 3),
          Map.entry("caml_array_unsafe_set", 3),
          Map.entry("caml_ba_get_1", 2),
          Map.entry("caml_ba_set_1", 3));

  private CPrimitives() {}

  static void call(BlockEmitter out, Var dest, String name, Var... args) {
    if (QUICK.getOrDefault(name, -1) == args.length) {
      out.into(dest, Op.W_CALL, new Symbol(name.replaceFirst("caml_", "caml_native_")), args);
    } else if (name.equals("caml_hash") && args.length == 4) {
      plain(out, dest, "caml_native_hash", args);
    } else if (name.equals("caml_string_compare") || name.equals("caml_bytes_compare")) {
      plain(out, dest, "caml_native_string_compare", args);
    } else if (PLAIN.contains(name)) {
      plain(out, dest, name, args);
    } else {
      allocating(out, dest, name, args);
    }
  }

  /** A function that does not allocate, raise or call back. */
  static void plain(BlockEmitter out, Var dest, String name, Var... args) {
    out.into(dest, Op.W_C_CALL, new CCall(name, false, false), args);
  }

  /** Any function. */
  static void allocating(BlockEmitter out, Var dest, String name, Var... args) {
    out.into(dest, Op.W_C_CALL, new CCall(name, true, args.length > MAX_DIRECT), args);
  }
}
