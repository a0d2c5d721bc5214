// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A static library of objects ({@code ar} format, System V symbol table); only its symbol table is read. */
public final class Archive {
  private static final byte[] MAGIC = "!<arch>\n".getBytes(StandardCharsets.US_ASCII);
  private static final int MEMBER_HEADER = 60;
  private static final int NAME_SIZE = 16;
  private static final int SIZE_OFFSET = 48;
  private static final int SIZE_SIZE = 10;

  private Archive() {}

  /** Names of the symbols the archive's members define for others. An archive without members has none. */
  public static List<String> symbols(String file, byte[] data) {
    ByteReader in = new ByteReader(file, data, ByteOrder.BIG_ENDIAN);
    String magic = text(in, MAGIC.length);
    if (!magic.equals(new String(MAGIC, StandardCharsets.US_ASCII))) {
      throw in.failAt(0, "'" + magic.strip() + "'", "!<arch> (a static library)");
    }
    List<String> names = new ArrayList<>();
    if (in.remaining() < MEMBER_HEADER) {
      return names;
    }
    int start = in.position();
    String name = text(in, NAME_SIZE).strip();
    in.skip(SIZE_OFFSET - NAME_SIZE);
    String size = text(in, SIZE_SIZE).strip();
    in.seek(start + MEMBER_HEADER);
    if (!name.equals("/")) {
      throw in.failAt(start, "first member '" + name + "'", "a symbol table '/' (run ranlib)");
    }
    if (!size.matches("\\d{1,9}")) {
      throw in.failAt(start + SIZE_OFFSET, "size '" + size + "'", "a decimal number");
    }
    ByteReader table = in.slice(Integer.parseInt(size), "the symbol table");
    long count = table.u32();
    table.skip(4 * count);
    for (long i = 0; i < count; i++) {
      table.require(1, "a symbol");
      names.add(table.zeroTerminated());
    }
    return names;
  }

  private static String text(ByteReader in, int size) {
    return new String(in.bytes(size, "a header"), StandardCharsets.ISO_8859_1);
  }
}
