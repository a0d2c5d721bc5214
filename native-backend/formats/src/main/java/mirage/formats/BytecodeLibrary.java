// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import mirage.formats.OcamlValue.Block;
import mirage.formats.OcamlValue.Bytes;

/**
 * An OCaml bytecode library ({@code .cma}), or a single unit of one ({@code .cmo}): magic, offset of the
 * description (4, big-endian), units, description (file_formats/cmo_format.mli).
 *
 * @param units names of its compilation units, in link order
 */
public record BytecodeLibrary(List<String> units) {
  private static final String MAGIC = "Caml1999A03";
  private static final String UNIT_MAGIC = "Caml1999O03";
  private static final int MAGIC_SIZE = 12;

  public BytecodeLibrary {
    units = List.copyOf(units);
  }

  /** Reads a library. */
  public static BytecodeLibrary read(String file, byte[] data) {
    ByteReader in = new ByteReader(file, data, ByteOrder.BIG_ENDIAN);
    String magic = new String(in.bytes(MAGIC_SIZE, "magic"), StandardCharsets.ISO_8859_1);
    boolean single = magic.startsWith(UNIT_MAGIC);
    if (!single && !magic.startsWith(MAGIC)) {
      throw in.failAt(
          0, "magic '" + magic.replaceAll("[^ -~]", "?") + "'", MAGIC + "0 or " + MAGIC + "1");
    }
    int start = (int) Math.min(in.u32(), Integer.MAX_VALUE);
    in.seek(start);
    OcamlValue description = MarshalReader.read(in);
    if (single) {
      return new BytecodeLibrary(List.of(name(in, start, description)));
    }
    List<String> names = new ArrayList<>();
    OcamlValue list = field(in, start, description, 0);
    int left = in.position() - start;
    while (list instanceof Block && left-- > 0) {
      names.add(name(in, start, field(in, start, list, 0)));
      list = field(in, start, list, 1);
    }
    return new BytecodeLibrary(names);
  }

  private static String name(ByteReader in, int at, OcamlValue unit) {
    OcamlValue name = field(in, at, unit, 0);
    if (!(name instanceof Bytes bytes)) {
      throw in.failAt(at, "unit name " + name, "a string");
    }
    return bytes.text();
  }

  private static OcamlValue field(ByteReader in, int at, OcamlValue value, int index) {
    if (value instanceof Block block && index < block.size()) {
      return block.field(index);
    }
    throw in.failAt(at, "a description with " + value, "a block with field " + index);
  }
}
