// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import mirage.formats.OcamlValue.Block;
import mirage.formats.OcamlValue.Boxed;
import mirage.formats.OcamlValue.Bytes;
import mirage.formats.OcamlValue.Int;
import mirage.formats.OcamlValue.Real;
import mirage.formats.OcamlValue.RealArray;

/**
 * Reads what OCaml's {@code Marshal} and {@code output_value} write (runtime/caml/intext.h), on a 32-bit or
 * a 64-bit machine. Code pointers and custom blocks other than the boxed integers are refused. Deep values
 * need no deep Java stack.
 */
public final class MarshalReader {
  static final int MAGIC_SMALL = 0x8495A6BE;
  static final int MAGIC_BIG = 0x8495A6BF;
  private static final int DOUBLE_SIZE = 8;

  /** A block whose fields from {@code next} on are still to be read. */
  private static final class Pending {
    private final OcamlValue[] fields;
    private int next;

    private Pending(OcamlValue[] fields) {
      this.fields = fields;
    }
  }

  private final ByteReader in;
  private final List<OcamlValue> shared = new ArrayList<>();
  private final List<Pending> pending = new ArrayList<>();

  /** Values announced but not yet read. Each takes a byte at least, which bounds what is allocated. */
  private long announced = 1;

  private MarshalReader(ByteReader in) {
    this.in = in;
  }

  /** Reads a file that is one marshalled value. */
  public static OcamlValue read(String file, byte[] data) {
    return read(new ByteReader(file, data, ByteOrder.BIG_ENDIAN));
  }

  /** Reads the next value; the reader, which must be big-endian, moves behind it. */
  static OcamlValue read(ByteReader in) {
    int start = in.position();
    int magic = in.i32();
    long length;
    if (magic == MAGIC_SMALL) {
      length = in.u32();
      in.skip(12);
    } else if (magic == MAGIC_BIG) {
      in.skip(4);
      length = in.i64();
      in.skip(16);
    } else {
      throw in.failAt(
          start, String.format("magic 0x%08x", magic), "8495a6be or 8495a6bf (an OCaml value)");
    }
    ByteReader body = in.slice(length, "a marshalled value");
    OcamlValue value = new MarshalReader(body).value();
    if (body.remaining() != 0) {
      throw body.fail(body.remaining() + " bytes behind the value", "none");
    }
    return value;
  }

  private OcamlValue value() {
    OcamlValue[] root = new OcamlValue[1];
    pending.add(new Pending(root));
    while (!pending.isEmpty()) {
      Pending top = pending.get(pending.size() - 1);
      int index = top.next++;
      if (top.next == top.fields.length) {
        pending.remove(pending.size() - 1);
      }
      announced--;
      top.fields[index] = item();
    }
    return root[0];
  }

  private OcamlValue item() {
    int code = in.u8();
    if (code >= 0x80) {
      return block(code & 15, code >> 4 & 7);
    }
    if (code >= 0x40) {
      return new Int(code & 0x3F);
    }
    if (code >= 0x20) {
      return string(code & 0x1F);
    }
    return switch (code) {
      case 0x00 -> new Int(in.i8());
      case 0x01 -> new Int(in.i16());
      case 0x02 -> new Int(in.i32());
      case 0x03 -> new Int(in.i64());
      case 0x04 -> shared(in.u8());
      case 0x05 -> shared(in.u16());
      case 0x06 -> shared(in.u32());
      case 0x14 -> shared(in.i64());
      case 0x08 -> blockWithHeader(in.u32());
      case 0x13 -> blockWithHeader(in.i64());
      case 0x09 -> string(in.u8());
      case 0x0A -> string(in.u32());
      case 0x15 -> string(in.i64());
      case 0x0B -> known(new Real(real(false)));
      case 0x0C -> known(new Real(real(true)));
      case 0x0D -> reals(in.u8(), false);
      case 0x0E -> reals(in.u8(), true);
      case 0x0F -> reals(in.u32(), false);
      case 0x07 -> reals(in.u32(), true);
      case 0x16 -> reals(in.i64(), false);
      case 0x17 -> reals(in.i64(), true);
      case 0x12, 0x18, 0x19 -> custom(code);
      case 0x10, 0x11 ->
          throw in.failAt(in.position() - 1, "a function value", "data without functions");
      default ->
          throw in.failAt(
              in.position() - 1,
              String.format("code 0x%02x", code),
              "0x00 to 0x19 but 0x1a to 0x1f");
    };
  }

  private <V extends OcamlValue> V known(V value) {
    shared.add(value);
    return value;
  }

  private OcamlValue shared(long back) {
    if (back <= 0 || back > shared.size()) {
      throw in.fail("a reference " + back + " values back", "1 to " + shared.size());
    }
    return shared.get(shared.size() - (int) back);
  }

  private OcamlValue blockWithHeader(long header) {
    return block((int) (header & 0xFF), header >>> 10);
  }

  private OcamlValue block(int tag, long size) {
    if (size == 0) {
      return new Block(tag);
    }
    in.require(size, "the fields of a block");
    announced += size;
    in.require(announced, "the values of a block");
    OcamlValue[] fields = new OcamlValue[(int) size];
    Block block = known(new Block(tag, fields));
    pending.add(new Pending(fields));
    return block;
  }

  private OcamlValue string(long length) {
    return known(new Bytes(in.bytes(length, "a string")));
  }

  private double real(boolean little) {
    long bits = in.i64();
    return Double.longBitsToDouble(little ? Long.reverseBytes(bits) : bits);
  }

  private OcamlValue reals(long count, boolean little) {
    if (count < 0 || count > in.remaining() / DOUBLE_SIZE) {
      throw in.fail(count + " floats", "at most " + in.remaining() / DOUBLE_SIZE);
    }
    double[] values = new double[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = real(little);
    }
    return known(new RealArray(values));
  }

  private OcamlValue custom(int code) {
    int start = in.position() - 1;
    String identifier = in.zeroTerminated();
    if (code == 0x18) {
      in.skip(12);
    }
    return switch (identifier) {
      case "_i" -> known(new Boxed(Boxed.Type.INT32, in.i32()));
      case "_j" -> known(new Boxed(Boxed.Type.INT64, in.i64()));
      case "_n" -> known(new Boxed(Boxed.Type.NATIVEINT, nativeint()));
      default ->
          throw in.failAt(
              start, "a custom block '" + identifier + "'", "_i, _j, _n (the boxed integers)");
    };
  }

  /** A nativeint says itself whether 4 or 8 bytes follow (runtime/ints.c). */
  private long nativeint() {
    int width = in.u8();
    return switch (width) {
      case 1 -> in.i32();
      case 2 -> in.i64();
      default -> throw in.failAt(in.position() - 1, "nativeint width " + width, "1 or 2");
    };
  }
}
