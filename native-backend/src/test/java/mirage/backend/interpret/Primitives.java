// SPDX-License-Identifier: Apache-2.0
package mirage.backend.interpret;

import java.util.HashMap;
import java.util.Map;

/** The C functions that the test programs call, as far as they call them. */
final class Primitives {
  private static final int FAILURE = 2;
  private static final int INVALID_ARGUMENT = 3;
  private static final int ZERO_DIVIDE = 5;
  private static final int UNIT = 1;
  private static final int OBJECT_TAG = 248;
  private static final int FORWARD_TAG = 250;

  /** One of them: its arguments are words. */
  @FunctionalInterface
  interface Function {
    int call(int... args);
  }

  private final Interpreter machine;
  private final Memory memory;
  private final Map<String, Function> functions = new HashMap<>();
  private final StringBuilder output = new StringBuilder();
  private int objects;
  private int high;

  Primitives(Interpreter machine, Memory memory) {
    this.machine = machine;
    this.memory = memory;
    control();
    channels();
    strings();
    arrays();
    objects();
    comparisons();
    new Numbers(this, memory).add();
    new BigArrays(this, memory).add();
  }

  void add(String name, Function function) {
    functions.put(name, function);
  }

  /** By its C name, or that of its short way. */
  int call(String name, int... args) {
    Function function = functions.get(name.replaceFirst("^caml_native_", "caml_"));
    if (function == null) {
      throw new IllegalStateException("the interpreter has no " + name);
    }
    return function.call(args);
  }

  /** The second word of the last result that has two. */
  int high() {
    return high;
  }

  /** The words of a result that has two; returns the first. */
  int two(long result) {
    high = (int) (result >>> 32);
    return (int) result;
  }

  String output() {
    return output.toString();
  }

  void print(String text) {
    output.append(text);
  }

  int name(String name) {
    return machine.name(name);
  }

  // Exceptions.

  int raiseZeroDivide() {
    throw new OcamlRaise(memory.load(machine.global(ZERO_DIVIDE)));
  }

  int raiseBound() {
    return invalid("index out of bounds");
  }

  int invalid(String message) {
    return raise(INVALID_ARGUMENT, message);
  }

  private int raise(int exception, String message) {
    int block = memory.allocate(0, 2);
    memory.store(block, memory.load(machine.global(exception)));
    memory.store(block + 4, memory.string(message));
    throw new OcamlRaise(block);
  }

  /** The name of an exception. */
  String exception(int value) {
    int constructor = memory.tag(value) == OBJECT_TAG ? value : memory.field(value, 0);
    return memory.text(memory.field(constructor, 0));
  }

  // What they do.

  private void control() {
    add("caml_register_named_value", x -> UNIT);
    add("caml_fresh_oo_id", x -> objects++ << 1 | 1);
    add(
        "caml_set_oo_id",
        x -> {
          memory.store(x[0] + 4, objects++ << 1 | 1);
          return x[0];
        });
    add("caml_sys_const_backend_type", x -> 1);
    add("caml_sys_const_big_endian", x -> 1);
    add("caml_sys_const_word_size", x -> 32 << 1 | 1);
    add("caml_sys_const_int_size", x -> 31 << 1 | 1);
    add("caml_sys_const_max_wosize", x -> ((1 << 22) - 1) << 1 | 1);
    add("caml_sys_const_ostype_unix", x -> 3);
    add("caml_sys_const_ostype_win32", x -> 1);
    add("caml_sys_const_ostype_cygwin", x -> 1);
    add("caml_sys_const_naked_pointers_checked", x -> 1);
    add("caml_sys_executable_name", x -> memory.string("program"));
    add("caml_sys_get_config", x -> config());
    add(
        "caml_sys_argv",
        x -> block(0, memory.string("/a/program/with/a/name/long/enough/to/be/scanned")));
    add("caml_ensure_stack_capacity", x -> UNIT);
  }

  private int config() {
    return block(0, memory.string("Unix"), 32 << 1 | 1, 1);
  }

  private int block(int tag, int... fields) {
    int block = memory.allocate(tag, fields.length);
    for (int i = 0; i < fields.length; i++) {
      memory.store(block + 4 * i, fields[i]);
    }
    return block;
  }

  private void channels() {
    add("caml_ml_open_descriptor_in", x -> block(Memory.CUSTOM_TAG, x[0]));
    add("caml_ml_open_descriptor_out", x -> block(Memory.CUSTOM_TAG, x[0]));
    add("caml_ml_out_channels_list", x -> 1);
    add("caml_ml_flush", x -> UNIT);
    add("caml_ml_output_char", x -> put(x[0], String.valueOf((char) (x[1] >> 1))));
    Function output =
        x -> put(x[0], memory.text(x[1]).substring(x[2] >> 1, (x[2] >> 1) + (x[3] >> 1)));
    add("caml_ml_output", output);
    add("caml_ml_output_bytes", output);
  }

  private int put(int channel, String text) {
    boolean standard = memory.field(channel, 0) == 3;
    output.append(standard ? text : "");
    return UNIT;
  }

  private void strings() {
    add("caml_create_bytes", x -> memory.string(new byte[x[0] >> 1]));
    add("caml_ml_string_length", x -> memory.length(x[0]) << 1 | 1);
    add("caml_ml_bytes_length", x -> memory.length(x[0]) << 1 | 1);
    Function blit =
        x -> {
          byte[] moved = new byte[x[4] >> 1];
          for (int i = 0; i < moved.length; i++) {
            moved[i] = (byte) memory.loadByte(x[0] + (x[1] >> 1) + i);
          }
          for (int i = 0; i < moved.length; i++) {
            memory.storeByte(x[2] + (x[3] >> 1) + i, moved[i]);
          }
          return UNIT;
        };
    add("caml_blit_bytes", blit);
    add("caml_blit_string", blit);
    add(
        "caml_fill_bytes",
        x -> {
          for (int i = 0; i < x[2] >> 1; i++) {
            memory.storeByte(x[0] + (x[1] >> 1) + i, x[3] >> 1);
          }
          return UNIT;
        });
    for (String type : new String[] {"string", "bytes"}) {
      add("caml_" + type + "_get", x -> memory.loadByte(at(x, 1)) << 1 | 1);
      add("caml_" + type + "_get16", x -> (memory.load(at(x, 2)) & 0xFFFF) << 1 | 1);
      add("caml_" + type + "_get32", x -> boxed32(memory.load(at(x, 4))));
      add("caml_" + type + "_get64", x -> boxed64(memory.loadLong(at(x, 8))));
      add("caml_" + type + "_equal", x -> Words.bool(text(x, 0).equals(text(x, 1))));
      add("caml_" + type + "_notequal", x -> Words.bool(!text(x, 0).equals(text(x, 1))));
      add("caml_" + type + "_compare", x -> sign(text(x, 0).compareTo(text(x, 1))));
    }
    add("caml_bytes_set", x -> storeBytes(at(x, 1), 1, x[2] >> 1));
    add("caml_bytes_set16", x -> storeBytes(at(x, 2), 2, x[2] >> 1));
    add("caml_bytes_set32", x -> storeBytes(at(x, 4), 4, memory.field(x[2], 1)));
    add("caml_bytes_set64", x -> storeBytes(at(x, 8), 8, memory.loadLong(x[2] + 4)));
  }

  private String text(int[] x, int index) {
    return memory.text(x[index]);
  }

  int storeBytes(int at, int count, long value) {
    for (int i = 0; i < count; i++) {
      memory.storeByte(at + i, (int) (value >>> 8 * i));
    }
    return UNIT;
  }

  int boxed64(long value) {
    return memory.boxed(name("caml_int64_ops"), 2, value);
  }

  int boxed32(int value) {
    return memory.boxed(name("caml_int32_ops"), 1, value);
  }

  /** The address of some bytes of a string at an index, which is checked. */
  private int at(int[] x, int bytes) {
    int index = x[1] >> 1;
    if (index < 0 || index + bytes > memory.length(x[0])) {
      raiseBound();
    }
    return x[0] + index;
  }

  private void arrays() {
    add("caml_make_vect", this::makeVector);
    add(
        "caml_obj_dup",
        x -> {
          int copy = memory.allocate(memory.tag(x[0]), memory.words(x[0]));
          for (int i = 0; i < memory.words(x[0]); i++) {
            memory.store(copy + 4 * i, memory.field(x[0], i));
          }
          return copy;
        });
    add("caml_array_get", x -> item(x, true));
    add("caml_array_get_addr", x -> item(x, true));
    add("caml_array_unsafe_get", x -> item(x, false));
    add("caml_array_set", x -> setItem(x, true));
    add("caml_array_set_addr", x -> setItem(x, true));
    add("caml_array_unsafe_set", x -> setItem(x, false));
    add(
        "caml_array_blit",
        x -> {
          int[] moved = new int[x[4] >> 1];
          for (int i = 0; i < moved.length; i++) {
            moved[i] = memory.load(x[0] + 4 * ((x[1] >> 1) + i));
          }
          for (int i = 0; i < moved.length; i++) {
            memory.store(x[2] + 4 * ((x[3] >> 1) + i), moved[i]);
          }
          return UNIT;
        });
  }

  private int makeVector(int... x) {
    int count = x[0] >> 1;
    boolean floats = (x[1] & 1) == 0 && memory.tag(x[1]) == Memory.DOUBLE_TAG;
    int block = memory.allocate(floats ? Memory.DOUBLE_ARRAY_TAG : 0, count * (floats ? 2 : 1));
    for (int i = 0; i < count; i++) {
      if (floats) {
        memory.storeLong(block + 8 * i, memory.loadLong(x[1]));
      } else {
        memory.store(block + 4 * i, x[1]);
      }
    }
    return block;
  }

  private int item(int[] x, boolean checked) {
    boolean floats = memory.tag(x[0]) == Memory.DOUBLE_ARRAY_TAG;
    int index = index(x, floats, checked);
    return floats
        ? memory.real(Double.longBitsToDouble(memory.loadLong(x[0] + 8 * index)))
        : memory.load(x[0] + 4 * index);
  }

  private int setItem(int[] x, boolean checked) {
    boolean floats = memory.tag(x[0]) == Memory.DOUBLE_ARRAY_TAG;
    int index = index(x, floats, checked);
    if (floats) {
      memory.storeLong(x[0] + 8 * index, memory.loadLong(x[2]));
    } else {
      memory.store(x[0] + 4 * index, x[2]);
    }
    return UNIT;
  }

  private int index(int[] x, boolean floats, boolean checked) {
    int index = x[1] >> 1;
    if (checked && (index < 0 || index >= memory.words(x[0]) / (floats ? 2 : 1))) {
      raiseBound();
    }
    return index;
  }

  private void objects() {
    add("caml_obj_tag", x -> ((x[0] & 1) != 0 ? 1000 : memory.tag(x[0])) << 1 | 1);
    add(
        "caml_obj_block",
        x -> {
          int block = memory.allocate(x[0] >> 1, x[1] >> 1);
          for (int i = 0; i < x[1] >> 1; i++) {
            memory.store(block + 4 * i, UNIT);
          }
          return block;
        });
    add(
        "caml_obj_make_forward",
        x -> {
          memory.store(x[0] - 4, memory.load(x[0] - 4) & ~0xFF | FORWARD_TAG);
          memory.store(x[0], x[1]);
          return UNIT;
        });
    add("caml_get_public_method", this::method);
  }

  /** A table: how many, a mask, methods and tags in turn. */
  private int method(int... x) {
    int table = memory.field(x[0], 0);
    for (int i = 0; i < memory.field(table, 0) >> 1; i++) {
      if (memory.field(table, 3 + 2 * i) == x[1]) {
        return memory.field(table, 2 + 2 * i);
      }
    }
    return 0;
  }

  private void comparisons() {
    Comparison comparison = new Comparison(memory, name("caml_int64_ops"));
    add("caml_equal", x -> Words.bool(comparison.of(x[0], x[1]) == 0));
    add("caml_notequal", x -> Words.bool(comparison.of(x[0], x[1]) != 0));
    add("caml_lessthan", x -> Words.bool(comparison.of(x[0], x[1]) < 0));
    add("caml_lessequal", x -> Words.bool(comparison.of(x[0], x[1]) <= 0));
    add("caml_greaterthan", x -> Words.bool(comparison.of(x[0], x[1]) > 0));
    add("caml_greaterequal", x -> Words.bool(comparison.of(x[0], x[1]) >= 0));
    add("caml_compare", x -> sign(comparison.of(x[0], x[1])));
  }

  /** A comparison's result as OCaml has it. */
  static int sign(int order) {
    return Integer.signum(order) << 1 | 1;
  }

  int failure(String message) {
    return raise(FAILURE, message);
  }
}
