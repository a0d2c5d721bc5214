// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import java.util.ArrayList;
import java.util.List;
import mirage.formats.OcamlValue;

/**
 * The text of OCaml's constants: {@code 5}, {@code "bytes\0a"}, {@code {tag: fields}}, {@code f0x1.8p0}, {@code
 * [f0x1.0p0]}, {@code INT64 5}. Floats are hexadecimal, bytes other than printable ASCII are a backslash and two hexadecimal
 * digits.
 */
final class ConstantText implements OcamlValue.Visitor<Void> {
  private final StringBuilder text = new StringBuilder();

  private ConstantText() {}

  static String of(OcamlValue value) {
    ConstantText writer = new ConstantText();
    value.accept(writer);
    return writer.text.toString();
  }

  @Override
  public Void visit(OcamlValue.Int value) {
    text.append(value.value());
    return null;
  }

  @Override
  public Void visit(OcamlValue.Block value) {
    text.append('{').append(value.tag()).append(':');
    for (int i = 0; i < value.size(); i++) {
      text.append(i == 0 ? " " : ", ");
      value.field(i).accept(this);
    }
    text.append('}');
    return null;
  }

  @Override
  public Void visit(OcamlValue.Bytes value) {
    text.append('"');
    for (byte b : value.data()) {
      if (b >= ' ' && b < 127 && b != '"' && b != '\\') {
        text.append((char) b);
      } else {
        text.append(String.format("\\%02x", b & 0xFF));
      }
    }
    text.append('"');
    return null;
  }

  @Override
  public Void visit(OcamlValue.Real value) {
    text.append('f').append(Double.toHexString(value.value()));
    return null;
  }

  @Override
  public Void visit(OcamlValue.RealArray value) {
    String separator = "[";
    for (double element : value.values()) {
      text.append(separator).append('f').append(Double.toHexString(element));
      separator = ", ";
    }
    text.append(value.values().length == 0 ? "[]" : "]");
    return null;
  }

  @Override
  public Void visit(OcamlValue.Boxed value) {
    text.append(value.type()).append(' ').append(value.value());
    return null;
  }

  /** Reads what {@link #of} writes. */
  static OcamlValue parse(String text) {
    Reader reader = new Reader(text);
    OcamlValue value = reader.value();
    reader.end();
    return value;
  }

  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    private OcamlValue value() {
      skip();
      char first = at < text.length() ? text.charAt(at) : 0;
      return switch (first) {
        case '{' -> block();
        case '"' -> bytes();
        case '[' -> reals();
        case 'f' -> new OcamlValue.Real(real());
        case 'I', 'N' -> boxed();
        default -> new OcamlValue.Int(Long.parseLong(word()));
      };
    }

    private OcamlValue block() {
      expect('{');
      int tag = Integer.parseInt(word());
      expect(':');
      List<OcamlValue> fields = new ArrayList<>();
      while (!take('}')) {
        fields.add(value());
        take(',');
      }
      return new OcamlValue.Block(tag, fields.toArray(OcamlValue[]::new));
    }

    private OcamlValue bytes() {
      expect('"');
      java.io.ByteArrayOutputStream data = new java.io.ByteArrayOutputStream();
      while (text.charAt(at) != '"') {
        if (text.charAt(at) == '\\') {
          data.write(Integer.parseInt(text.substring(at + 1, at + 3), 16));
          at += 3;
        } else {
          data.write(text.charAt(at++));
        }
      }
      at++;
      return new OcamlValue.Bytes(data.toByteArray());
    }

    private OcamlValue reals() {
      expect('[');
      List<Double> values = new ArrayList<>();
      while (!take(']')) {
        values.add(real());
        take(',');
      }
      return new OcamlValue.RealArray(values.stream().mapToDouble(d -> d).toArray());
    }

    private double real() {
      expect('f');
      return Double.parseDouble(word());
    }

    private OcamlValue boxed() {
      OcamlValue.Boxed.Type type = OcamlValue.Boxed.Type.valueOf(word());
      return new OcamlValue.Boxed(type, Long.parseLong(word()));
    }

    private String word() {
      skip();
      int from = at;
      while (at < text.length() && " ,:{}[]\"".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(from, at);
    }

    private boolean take(char wanted) {
      skip();
      boolean found = at < text.length() && text.charAt(at) == wanted;
      at += found ? 1 : 0;
      return found;
    }

    private void expect(char wanted) {
      if (!take(wanted)) {
        throw new IllegalArgumentException("'%c' expected at %d: %s".formatted(wanted, at, text));
      }
    }

    private void end() {
      skip();
      if (at < text.length()) {
        throw new IllegalArgumentException("more than a constant, from %d: %s".formatted(at, text));
      }
    }

    private void skip() {
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
    }
  }
}
