// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.util.IdentityHashMap;
import java.util.Map;
import mirage.formats.OcamlValue.Block;
import mirage.formats.OcamlValue.Boxed;
import mirage.formats.OcamlValue.Bytes;
import mirage.formats.OcamlValue.Int;
import mirage.formats.OcamlValue.Real;
import mirage.formats.OcamlValue.RealArray;

/** Prints a value exactly as print_value.ml in the test resources does; blocks met before become {@code #number}. */
final class OcamlPrinter implements OcamlValue.Visitor<Void> {
  private final StringBuilder out = new StringBuilder();
  private final Map<OcamlValue, Integer> seen = new IdentityHashMap<>();

  static String print(OcamlValue value) {
    OcamlPrinter printer = new OcamlPrinter();
    value.accept(printer);
    return printer.out.toString();
  }

  private boolean first(OcamlValue value) {
    Integer number = seen.putIfAbsent(value, seen.size());
    if (number != null) {
      out.append('#').append(number);
    }
    return number == null;
  }

  @Override
  public Void visit(Int value) {
    out.append(value.value());
    return null;
  }

  @Override
  public Void visit(Block value) {
    if (value.size() == 0) {
      out.append("(").append(value.tag()).append(")");
    } else if (first(value)) {
      out.append("(").append(value.tag());
      for (int i = 0; i < value.size(); i++) {
        out.append(' ');
        value.field(i).accept(this);
      }
      out.append(")");
    }
    return null;
  }

  @Override
  public Void visit(Bytes value) {
    if (first(value)) {
      out.append("s");
      for (byte b : value.data()) {
        out.append(String.format("%02x", b));
      }
    }
    return null;
  }

  @Override
  public Void visit(Real value) {
    if (first(value)) {
      out.append(String.format("d%016x", Double.doubleToRawLongBits(value.value())));
    }
    return null;
  }

  @Override
  public Void visit(RealArray value) {
    if (first(value)) {
      out.append("a");
      for (double d : value.values()) {
        out.append(String.format("%016x", Double.doubleToRawLongBits(d)));
      }
    }
    return null;
  }

  @Override
  public Void visit(Boxed value) {
    if (first(value)) {
      out.append(value.type().identifier()).append(value.value());
    }
    return null;
  }
}
