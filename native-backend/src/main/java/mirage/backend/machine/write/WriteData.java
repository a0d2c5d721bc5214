// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.write;

import java.util.List;
import mirage.backend.ir.Function;
import mirage.backend.ir.Symbol;
import mirage.backend.machine.lower.StaticData;
import mirage.backend.machine.target.ClosureLayout;
import mirage.backend.machine.target.Names;
import mirage.backend.machine.text.Assembly;
import mirage.formats.OcamlValue;

/** Writes structured constants and closures as the heap would hold them, for flash: black headers. */
final class WriteData implements OcamlValue.Visitor<Void> {
  private static final int BLACK = 3 << 8;
  private static final int CLOSURE_TAG = 247;
  private static final int STRING_TAG = 252;
  private static final int DOUBLE_TAG = 253;
  private static final int DOUBLE_ARRAY_TAG = 254;
  private static final int CUSTOM_TAG = 255;

  private final StaticData data;
  private final Assembly out;
  private String label;

  WriteData(StaticData data, Assembly out) {
    this.data = data;
    this.out = out;
  }

  /** Writes everything that was asked for, and what that refers to. */
  void write() {
    out.line(".section .constants.mirage, \"a\"");
    List<OcamlValue> constants = data.constants();
    for (int i = 0; i < constants.size(); i++) {
      label = data.symbol(constants.get(i)).toString();
      constants.get(i).accept(this);
    }
    data.closures().forEach(this::closure);
    for (int tag : data.atoms()) {
      header(0, tag, Names.atom(tag).toString());
    }
    // The address of a block without fields is that of what is behind it: the last one, too, has to
    // lie in the data.
    out.line(".word 0");
    out.line(".global caml_native_data_end");
    out.label("caml_native_data_end");
  }

  private void header(int words, int tag, String name) {
    out.line(".word 0x%x", words << 10 | BLACK | tag);
    out.label(name);
  }

  private void closure(Function function) {
    String code = Names.code(function);
    if (function.arity() == 1) {
      header(2, CLOSURE_TAG, Names.closure(function));
      out.line(".word %s, 0x%x", code, ClosureLayout.info(1, 2));
    } else {
      header(3, CLOSURE_TAG, Names.closure(function));
      Symbol curry = data.curry(function.arity());
      out.line(".word %s, 0x%x, %s", curry, ClosureLayout.info(function.arity(), 3), code);
    }
  }

  @Override
  public Void visit(OcamlValue.Int value) {
    throw new IllegalStateException("an immediate has no block");
  }

  @Override
  public Void visit(OcamlValue.Block value) {
    header(value.size(), value.tag(), label);
    for (int i = 0; i < value.size(); i++) {
      out.line(".word %s", data.symbol(value.field(i)));
    }
    return null;
  }

  @Override
  public Void visit(OcamlValue.Bytes value) {
    byte[] bytes = value.data();
    int words = bytes.length / 4 + 1;
    header(words, STRING_TAG, label);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 4 * words; i++) {
      int b = i < bytes.length ? bytes[i] & 0xFF : i == 4 * words - 1 ? i - bytes.length : 0;
      text.append(i % 16 == 0 ? "\n\t.byte " : ",").append(b);
    }
    out.line("%s", text.substring(2));
    return null;
  }

  @Override
  public Void visit(OcamlValue.Real value) {
    header(2, DOUBLE_TAG, label);
    real(value.value());
    return null;
  }

  @Override
  public Void visit(OcamlValue.RealArray value) {
    header(2 * value.values().length, DOUBLE_ARRAY_TAG, label);
    for (double real : value.values()) {
      real(real);
    }
    return null;
  }

  private void real(double value) {
    long bits = Double.doubleToRawLongBits(value);
    out.line(".word 0x%x, 0x%x", (int) bits, (int) (bits >>> 32));
  }

  @Override
  public Void visit(OcamlValue.Boxed value) {
    long number = value.value();
    switch (value.type()) {
      case INT32 -> {
        header(2, CUSTOM_TAG, label);
        out.line(".word caml_int32_ops, 0x%x", (int) number);
      }
      case NATIVEINT -> {
        header(2, CUSTOM_TAG, label);
        out.line(".word caml_nativeint_ops, 0x%x", (int) number);
      }
      case INT64 -> {
        header(3, CUSTOM_TAG, label);
        out.line(".word caml_int64_ops, 0x%x, 0x%x", (int) number, (int) (number >>> 32));
      }
    }
    return null;
  }
}
