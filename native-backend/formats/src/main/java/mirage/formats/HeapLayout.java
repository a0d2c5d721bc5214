// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.util.ArrayList;
import java.util.List;

/**
 * OCaml values as the heap of a 32-bit little-endian program holds them (runtime/caml/mlvalues.h): a header (size in words, colour,
 * tag), then the fields.
 */
public final class HeapLayout {
  /** The most fields a block can have. */
  public static final int MAX_WORDS = (1 << 22) - 1;

  private static final int BLACK = 3 << 8;

  /** One word of a block. */
  public sealed interface Word {}

  /** Its bits. */
  public record Bits(int value) implements Word {}

  /** A value: its address if it has a block. */
  public record Field(OcamlValue value) implements Word {}

  /** The address of a table of custom operations. */
  public record Operations(OcamlValue.Boxed.Type type) implements Word {}

  /** A block of static data. */
  public record Laid(int tag, List<Word> fields) {
    /** Black, so that the collector leaves the block alone. */
    public int header() {
      return HeapLayout.header(fields.size(), tag);
    }
  }

  private HeapLayout() {}

  /** The header of a block that the collector leaves alone. */
  public static int header(int words, int tag) {
    return words << 10 | BLACK | tag;
  }

  /** The word of an integer, of which the lowest 31 bits are left. */
  public static int tagged(long number) {
    return (int) number << 1 | 1;
  }

  /** Whether the word of a number loses none of its bits. */
  public static boolean fits(OcamlValue value) {
    if (value instanceof OcamlValue.Int number) {
      return number.value() == (int) number.value() << 1 >> 1;
    }
    return !(value instanceof OcamlValue.Boxed boxed)
        || boxed.type() != OcamlValue.Boxed.Type.NATIVEINT
        || boxed.value() == (int) boxed.value();
  }

  /**
   * The block of a value.
   *
   * @throws IllegalArgumentException for an integer, which has none
   */
  public static Laid of(OcamlValue value) {
    return value.accept(new Layout());
  }

  private static final class Layout implements OcamlValue.Visitor<Laid> {
    @Override
    public Laid visit(OcamlValue.Int value) {
      throw new IllegalArgumentException("an integer has no block");
    }

    @Override
    public Laid visit(OcamlValue.Block value) {
      List<Word> fields = new ArrayList<>();
      for (int i = 0; i < value.size(); i++) {
        fields.add(new Field(value.field(i)));
      }
      return new Laid(value.tag(), fields);
    }

    /** Zeros fill the last word; its last byte says how many there are before it. */
    @Override
    public Laid visit(OcamlValue.Bytes value) {
      byte[] data = value.data();
      int[] packed = new int[data.length / 4 + 1];
      for (int i = 0; i < data.length; i++) {
        packed[i / 4] |= (data[i] & 0xFF) << 8 * (i % 4);
      }
      packed[packed.length - 1] |= 4 * packed.length - 1 - data.length << 24;
      List<Word> fields = new ArrayList<>();
      for (int word : packed) {
        fields.add(new Bits(word));
      }
      return new Laid(OcamlTags.STRING, fields);
    }

    @Override
    public Laid visit(OcamlValue.Real value) {
      List<Word> fields = new ArrayList<>();
      addReal(fields, value.value());
      return new Laid(OcamlTags.DOUBLE, fields);
    }

    /** An empty array has the tag of one of values. */
    @Override
    public Laid visit(OcamlValue.RealArray value) {
      List<Word> fields = new ArrayList<>();
      for (double element : value.values()) {
        addReal(fields, element);
      }
      return new Laid(fields.isEmpty() ? 0 : OcamlTags.DOUBLE_ARRAY, fields);
    }

    private static void addReal(List<Word> fields, double value) {
      addLong(fields, Double.doubleToRawLongBits(value));
    }

    private static void addLong(List<Word> fields, long value) {
      fields.add(new Bits((int) value));
      fields.add(new Bits((int) (value >>> 32)));
    }

    @Override
    public Laid visit(OcamlValue.Boxed value) {
      List<Word> fields = new ArrayList<>();
      fields.add(new Operations(value.type()));
      if (value.type() == OcamlValue.Boxed.Type.INT64) {
        addLong(fields, value.value());
      } else {
        fields.add(new Bits((int) value.value()));
      }
      return new Laid(OcamlTags.CUSTOM, fields);
    }
  }
}
