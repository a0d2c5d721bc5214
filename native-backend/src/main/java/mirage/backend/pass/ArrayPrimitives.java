// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import mirage.backend.ir.Boxed;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Var;

/** Elements of arrays, strings and big arrays of bytes, with their checks of bounds. */
final class ArrayPrimitives {
  /** Where a big array's block has the address of its data and its first dimension, in bytes (caml/bigarray.h). */
  private static final int DATA = 4;

  private static final int DIMENSION = 20;

  private final Emit out;

  ArrayPrimitives(Emit out) {
    this.out = out;
  }

  boolean rewrite(String name, Instr instr) {
    switch (name) {
      case "caml_array_get_addr" -> {
        checkItem(instr, 9);
        out.into(instr.dest(), Op.ITEM, null, instr.args());
      }
      case "caml_array_set_addr" -> {
        checkItem(instr, 9);
        out.effect(Op.SET_ITEM, null, instr.args());
        unit(instr);
      }
      case "caml_floatarray_get" -> {
        checkItem(instr, 10);
        loadFloat(instr);
      }
      case "caml_floatarray_unsafe_get" -> loadFloat(instr);
      case "caml_floatarray_set" -> {
        checkItem(instr, 10);
        storeFloat(instr);
      }
      case "caml_floatarray_unsafe_set" -> storeFloat(instr);
      case "caml_ml_string_length", "caml_ml_bytes_length" ->
          out.tag(instr.dest(), out.word(Op.W_BYTES, null, instr.arg(0)));
      case "caml_ba_dim_1" -> out.tag(instr.dest(), out.word(Op.W_LOAD, DIMENSION, instr.arg(0)));
      case "caml_string_get", "caml_bytes_get" -> {
        checkByte(instr, 1);
        out.into(instr.dest(), Op.BYTE, null, instr.args());
      }
      case "caml_bytes_set" -> {
        checkByte(instr, 1);
        out.effect(Op.SET_BYTE, null, instr.args());
        unit(instr);
      }
      default -> {
        return several(name, instr);
      }
    }
    return true;
  }

  private boolean several(String name, Instr instr) {
    switch (name) {
      case "caml_string_get16", "caml_bytes_get16", "caml_ba_uint8_get16" -> {
        Var address = checked(name, instr, 2);
        out.tag(instr.dest(), out.word(Op.W_LOAD16, 0, address));
      }
      case "caml_string_get32", "caml_bytes_get32", "caml_ba_uint8_get32" -> {
        Var address = checked(name, instr, 4);
        out.box(instr.dest(), Boxed.INT32, out.word(Op.W_LOAD32, 0, address));
      }
      case "caml_string_get64", "caml_bytes_get64", "caml_ba_uint8_get64" -> {
        Var address = checked(name, instr, 8);
        Var low = out.word(Op.W_LOAD32, 0, address);
        out.box(instr.dest(), Boxed.INT64, low, out.word(Op.W_LOAD32, 4, address));
      }
      case "caml_bytes_set16", "caml_ba_uint8_set16" -> {
        Var address = checked(name, instr, 2);
        out.effect(Op.W_STORE16, 0, address, out.untag(instr.arg(2)));
        unit(instr);
      }
      case "caml_bytes_set32", "caml_ba_uint8_set32" -> {
        Var word = out.unbox(Boxed.INT32, instr.arg(2))[0];
        out.effect(Op.W_STORE32, 0, checked(name, instr, 4), word);
        unit(instr);
      }
      case "caml_bytes_set64", "caml_ba_uint8_set64" -> {
        Var[] words = out.unbox(Boxed.INT64, instr.arg(2));
        Var address = checked(name, instr, 8);
        out.effect(Op.W_STORE32, 0, address, words[0]);
        out.effect(Op.W_STORE32, 4, address, words[1]);
        unit(instr);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void unit(Instr instr) {
    if (instr.dest() != null) {
      out.into(instr.dest(), Op.INT, 0);
    }
  }

  /**
   * The header shifted right by 9 is twice the number of words, plus a bit of the color: as a limit for the
   * tagged index that bit makes no difference. By 10 it is the tagged limit for items of two words.
   */
  private void checkItem(Instr instr, int shift) {
    Var limit = out.word(Op.W_SHRI, shift, out.word(Op.W_HEADER, null, instr.arg(0)));
    out.effect(Op.W_CHECK_BOUND, null, instr.arg(1), limit);
  }

  private void checkByte(Instr instr, int size) {
    checkBytes(instr, out.word(Op.W_BYTES, null, instr.arg(0)), size);
  }

  /** All of {@code size} bytes from the index must be inside: the index is below length - size + 1, if that is positive. */
  private void checkBytes(Instr instr, Var length, int size) {
    Var limit = length;
    if (size > 1) {
      Var wide = out.word(Op.W_ADDI, 1 - size, length);
      Var sign = out.word(Op.W_SARI, 31, wide);
      Var none = out.word(Op.W_XOR, null, sign, out.constant(-1));
      limit = out.word(Op.W_AND, null, wide, none);
    }
    out.effect(Op.W_CHECK_BOUND, null, out.untag(instr.arg(1)), limit);
  }

  /** The address of {@code size} bytes of a string or a big array of bytes, when they are inside. */
  private Var checked(String name, Instr instr, int size) {
    if (!name.startsWith("caml_ba_")) {
      checkByte(instr, size);
      return out.word(Op.W_ADD, null, out.untag(instr.arg(1)), instr.arg(0));
    }
    checkBytes(instr, out.word(Op.W_LOAD, DIMENSION, instr.arg(0)), size);
    Var data = out.word(Op.W_BA_DATA, DATA, instr.arg(0));
    return out.word(Op.W_ADD, null, out.untag(instr.arg(1)), data);
  }

  /** A tagged index n stands for 2n+1; items are 8 bytes. */
  private Var item(Instr instr) {
    Var twice = out.word(Op.W_ADDI, -1, instr.arg(1));
    return out.word(Op.W_ADDX4, null, twice, instr.arg(0));
  }

  private void loadFloat(Instr instr) {
    Var address = item(instr);
    Var low = out.word(Op.W_LOAD, 0, address);
    out.box(instr.dest(), Boxed.FLOAT, low, out.word(Op.W_LOAD, 4, address));
  }

  private void storeFloat(Instr instr) {
    Var[] words = out.unbox(Boxed.FLOAT, instr.arg(2));
    Var address = item(instr);
    out.effect(Op.W_STORE, 0, address, words[0]);
    out.effect(Op.W_STORE, 4, address, words[1]);
    unit(instr);
  }
}
