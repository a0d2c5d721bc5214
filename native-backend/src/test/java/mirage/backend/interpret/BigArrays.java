// SPDX-License-Identifier: Apache-2.0
package mirage.backend.interpret;

/** Primitives on big arrays of bytes with one dimension, laid out as caml/bigarray.h says: five words, and the dimension. */
final class BigArrays {
  private static final int DATA = 1;
  private static final int DIMENSIONS = 2;
  private static final int DIMENSION = 5;

  private final Primitives primitives;
  private final Memory memory;

  BigArrays(Primitives primitives, Memory memory) {
    this.primitives = primitives;
    this.memory = memory;
  }

  void add() {
    primitives.add("caml_ba_create", x -> create(memory.field(x[2], 0) >> 1));
    primitives.add("caml_ba_dim_1", x -> memory.field(x[0], DIMENSION) << 1 | 1);
    primitives.add("caml_ba_uint8_get16", x -> (memory.load(at(x, 2)) & 0xFFFF) << 1 | 1);
    primitives.add("caml_ba_uint8_get32", x -> primitives.boxed32(memory.load(at(x, 4))));
    primitives.add("caml_ba_uint8_get64", x -> primitives.boxed64(memory.loadLong(at(x, 8))));
    primitives.add("caml_ba_uint8_set16", x -> primitives.storeBytes(at(x, 2), 2, x[2] >> 1));
    primitives.add(
        "caml_ba_uint8_set32", x -> primitives.storeBytes(at(x, 4), 4, memory.field(x[2], 1)));
    primitives.add(
        "caml_ba_uint8_set64", x -> primitives.storeBytes(at(x, 8), 8, memory.loadLong(x[2] + 4)));
  }

  private int create(int bytes) {
    int block = memory.allocate(Memory.CUSTOM_TAG, DIMENSION + 1);
    memory.store(block + 4 * DATA, memory.room(bytes / 4 + 1));
    memory.store(block + 4 * DIMENSIONS, 1);
    memory.store(block + 4 * DIMENSION, bytes);
    return block;
  }

  /** The address of some bytes at an index, which is checked. */
  private int at(int[] x, int bytes) {
    int index = x[1] >> 1;
    if (index < 0 || index + bytes > memory.field(x[0], DIMENSION)) {
      primitives.raiseBound();
    }
    return memory.field(x[0], DATA) + index;
  }
}
