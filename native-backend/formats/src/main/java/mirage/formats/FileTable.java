// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The names of files in the header of a unit's line table. */
final class FileTable {
  private static final int WITH_FORMATS = 5;

  /** DW_LNCT_path, and forms of values (DWARF 5, sections 7.22 and 7.5.6). */
  private static final int PATH = 1;

  private static final int DATA2 = 0x05;
  private static final int DATA4 = 0x06;
  private static final int BLOCK = 0x09;
  private static final int DATA1 = 0x0B;
  private static final int STRING = 0x08;
  private static final int UDATA = 0x0F;
  private static final int DATA16 = 0x1E;
  private static final int LINE_STRP = 0x1F;

  private final ByteReader in;
  private final byte[] strings;
  private final List<String> names = new ArrayList<>();

  /** A column of a table: what its values mean, and how they are written. */
  private record Column(int content, int form) {}

  /**
   * @param in the section {@code .debug_line}
   * @param strings the section {@code .debug_line_str}
   */
  FileTable(ByteReader in, byte[] strings) {
    this.in = in;
    this.strings = strings;
  }

  /** The name of a file, without its folder; empty if there is none of that number. */
  String name(int number) {
    String name = number >= 0 && number < names.size() ? names.get(number) : "";
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** Reads folders and files, which end the header. */
  void read(int version) {
    names.clear();
    if (version >= WITH_FORMATS) {
      table();
      names.addAll(table());
      return;
    }
    while (!text(in).isEmpty()) {
      // Folders are not shown.
    }
    names.add("");
    for (String name = text(in); !name.isEmpty(); name = text(in)) {
      names.add(name);
      for (int i = 0; i < 3; i++) {
        Leb128.unsigned(in);
      }
    }
  }

  private List<String> table() {
    List<Column> columns = new ArrayList<>();
    for (int left = in.u8(); left > 0; left--) {
      columns.add(new Column(Leb128.unsigned(in), Leb128.unsigned(in)));
    }
    List<String> paths = new ArrayList<>();
    for (int left = Leb128.unsigned(in); left > 0; left--) {
      String path = "";
      for (Column column : columns) {
        String value = value(column.form());
        path = column.content() == PATH ? value : path;
      }
      paths.add(path);
    }
    return paths;
  }

  /** A value, if it is text; of others their bytes are passed. */
  private String value(int form) {
    return switch (form) {
      case STRING -> text(in);
      case LINE_STRP -> {
        int at = in.i32();
        ByteReader reader = new ByteReader("", strings, ByteOrder.LITTLE_ENDIAN);
        if (at >= 0 && at < strings.length) {
          reader.seek(at);
          yield text(reader);
        }
        yield "";
      }
      case UDATA -> {
        Leb128.unsigned(in);
        yield "";
      }
      case BLOCK -> pass(Leb128.unsigned(in));
      case DATA1 -> pass(1);
      case DATA2 -> pass(2);
      case DATA4 -> pass(4);
      case DATA16 -> pass(16);
      default -> throw in.fail("form " + form + " in a table of files", "those of compilers");
    };
  }

  private String pass(int bytes) {
    in.seek(in.position() + bytes);
    return "";
  }

  private static String text(ByteReader in) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int b = in.u8(); b != 0; b = in.u8()) {
      bytes.write(b);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
