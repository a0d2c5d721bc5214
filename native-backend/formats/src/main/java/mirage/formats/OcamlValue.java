// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An OCaml value independent of any word size. Integers are equal by value; everything else is a heap block
 * with an identity: two references to one instance are shared in the OCaml heap too, and blocks may form cycles.
 */
public abstract class OcamlValue {
  private OcamlValue() {}

  /** One method per kind of value. */
  public interface Visitor<R> {
    R visit(Int value);

    R visit(Block value);

    R visit(Bytes value);

    R visit(Real value);

    R visit(RealArray value);

    R visit(Boxed value);
  }

  public abstract <R> R accept(Visitor<R> visitor);

  /** An immediate integer; as large as 63 bits, if the file was written by a 64-bit program. */
  public static final class Int extends OcamlValue {
    private final long value;

    public Int(long value) {
      this.value = value;
    }

    public long value() {
      return value;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Int that && value == that.value;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(value);
    }

    @Override
    public String toString() {
      return String.valueOf(value);
    }
  }

  /** A tagged block of values; one without fields is an atom. */
  public static final class Block extends OcamlValue {
    private final int tag;
    private final OcamlValue[] fields;

    /** The array is not copied: the caller fills it while it builds a cyclic value. */
    public Block(int tag, OcamlValue... fields) {
      this.tag = tag;
      this.fields = fields;
    }

    public int tag() {
      return tag;
    }

    public int size() {
      return fields.length;
    }

    public OcamlValue field(int index) {
      return fields[index];
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }

    /** Not the contents: they may be cyclic. */
    @Override
    public String toString() {
      return "Block[tag " + tag + ", " + fields.length + " fields]";
    }
  }

  /** A string or bytes. */
  public static final class Bytes extends OcamlValue {
    private final byte[] data;

    public Bytes(byte[] data) {
      this.data = data;
    }

    /** The string's bytes; owned by this value. */
    public byte[] data() {
      return data;
    }

    /** The bytes as Latin-1 characters, which loses nothing. */
    public String text() {
      return new String(data, StandardCharsets.ISO_8859_1);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }

    @Override
    public String toString() {
      return '"' + text() + '"';
    }
  }

  /** A boxed float. */
  public static final class Real extends OcamlValue {
    private final double value;

    public Real(double value) {
      this.value = value;
    }

    public double value() {
      return value;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }

    @Override
    public String toString() {
      return String.valueOf(value);
    }
  }

  /** An unboxed float array, or a record of floats only. */
  public static final class RealArray extends OcamlValue {
    private final double[] values;

    public RealArray(double[] values) {
      this.values = values;
    }

    /** The elements; owned by this value. */
    public double[] values() {
      return values;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }

    @Override
    public String toString() {
      return Arrays.toString(values);
    }
  }

  /** A custom block of one of the three boxed integer types. */
  public static final class Boxed extends OcamlValue {
    /** The types, by the names the C runtime gives them. */
    public enum Type {
      INT32("_i"),
      INT64("_j"),
      NATIVEINT("_n");

      private final String identifier;

      Type(String identifier) {
        this.identifier = identifier;
      }

      /** Custom identifier in marshalled data. */
      public String identifier() {
        return identifier;
      }
    }

    private final Type type;
    private final long value;

    public Boxed(Type type, long value) {
      this.type = type;
      this.value = value;
    }

    public Type type() {
      return type;
    }

    public long value() {
      return value;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }

    @Override
    public String toString() {
      return value + type.identifier();
    }
  }
}
