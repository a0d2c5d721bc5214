// SPDX-License-Identifier: Apache-2.0
package mirage.backend.interpret;

import java.util.function.ToIntFunction;
import mirage.formats.OcamlValue;

/** Writes constants into the memory. */
record Literals(Memory memory, ToIntFunction<OcamlValue.Boxed.Type> operations)
    implements OcamlValue.Visitor<Integer> {
  @Override
  public Integer visit(OcamlValue.Int value) {
    return (int) value.value() << 1 | 1;
  }

  @Override
  public Integer visit(OcamlValue.Block value) {
    int block = memory.allocate(value.tag(), value.size());
    for (int i = 0; i < value.size(); i++) {
      memory.store(block + 4 * i, memory.literal(value.field(i), operations));
    }
    return block;
  }

  @Override
  public Integer visit(OcamlValue.Bytes value) {
    return memory.string(value.data());
  }

  @Override
  public Integer visit(OcamlValue.Real value) {
    return memory.real(value.value());
  }

  @Override
  public Integer visit(OcamlValue.RealArray value) {
    double[] values = value.values();
    int block = memory.allocate(Memory.DOUBLE_ARRAY_TAG, 2 * values.length);
    for (int i = 0; i < values.length; i++) {
      memory.storeLong(block + 8 * i, Double.doubleToRawLongBits(values[i]));
    }
    return block;
  }

  @Override
  public Integer visit(OcamlValue.Boxed value) {
    int words = value.type() == OcamlValue.Boxed.Type.INT64 ? 2 : 1;
    return memory.boxed(operations.applyAsInt(value.type()), words, value.value());
  }
}
