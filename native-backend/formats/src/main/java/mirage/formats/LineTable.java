// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Rows of {@code .debug_line} (DWARF 2 to 5, section 6.2): which line each stretch of code comes from. */
public final class LineTable {
  private static final int OLDEST = 2;
  private static final int NEWEST = 5;
  private static final int WITH_BUNDLES = 4;
  private static final int WITH_SIZES = 5;

  private static final int COPY = 1;
  private static final int ADVANCE_PC = 2;
  private static final int ADVANCE_LINE = 3;
  private static final int SET_FILE = 4;
  private static final int SET_COLUMN = 5;
  private static final int CONST_ADD_PC = 8;
  private static final int FIXED_ADVANCE_PC = 9;
  private static final int END_SEQUENCE = 1;
  private static final int SET_ADDRESS = 2;
  private static final int SET_DISCRIMINATOR = 4;

  /**
   * A row.
   *
   * @param address of its first instruction
   * @param file as the compiler was told it, without its folder; empty if it is not known
   * @param line from 1; 0 for code that comes from no source, and behind the end of a stretch of code
   * @param discriminator tells apart what stands in one line
   */
  public record Row(int address, String file, int line, int column, int discriminator) {}

  private static final String SECTION = ".debug_line";
  private static final String STRINGS = ".debug_line_str";

  private final ByteReader in;
  private final FileTable files;
  private final List<Row> rows = new ArrayList<>();
  private int file;
  private int minimum;
  private int lineBase;
  private int lineRange;
  private int[] operands;
  private int address;
  private int line;
  private int column;
  private int discriminator;

  private LineTable(String name, byte[] section, byte[] strings) {
    in = new ByteReader(name, section, ByteOrder.LITTLE_ENDIAN);
    files = new FileTable(in, strings);
  }

  /**
   * Reads all of an executable; nothing if it has none.
   *
   * @param name of the file, for messages
   * @throws FormatException when it is damaged
   */
  public static List<Row> read(String name, Elf32 elf) {
    LineTable table = new LineTable(name, section(elf, SECTION), section(elf, STRINGS));
    while (table.in.remaining() > 0) {
      table.unit();
    }
    return table.rows;
  }

  private static byte[] section(Elf32 elf, String name) {
    return elf.sections().stream()
        .filter(section -> section.name().equals(name))
        .findFirst()
        .map(Elf32.Section::data)
        .orElse(new byte[0]);
  }

  private void unit() {
    long length = in.u32();
    int end = in.position() + (int) Math.min(length, in.remaining());
    int version = in.u16();
    if (version >= OLDEST && version <= NEWEST) {
      if (version >= WITH_SIZES) {
        in.u16();
      }
      int program = (int) in.u32() + in.position();
      header(version);
      in.seek(program);
      reset();
      while (in.position() < end) {
        instruction(in.u8());
      }
    }
    in.seek(end);
  }

  private void header(int version) {
    minimum = in.u8();
    if (version >= WITH_BUNDLES) {
      in.u8();
    }
    in.u8();
    lineBase = (byte) in.u8();
    lineRange = in.u8();
    if (lineRange == 0) {
      throw in.fail("a line range of 0", "at least 1");
    }
    operands = new int[Math.max(1, in.u8())];
    for (int i = 1; i < operands.length; i++) {
      operands[i] = in.u8();
    }
    files.read(version);
  }

  private void reset() {
    address = 0;
    file = 1;
    line = 1;
    column = 0;
    discriminator = 0;
  }

  private void instruction(int opcode) {
    if (opcode >= operands.length) {
      int adjusted = opcode - operands.length;
      address += adjusted / lineRange * minimum;
      line += lineBase + adjusted % lineRange;
      row();
    } else if (opcode == 0) {
      extended();
    } else {
      standard(opcode);
    }
  }

  private void standard(int opcode) {
    switch (opcode) {
      case COPY -> row();
      case ADVANCE_PC -> address += unsigned() * minimum;
      case ADVANCE_LINE -> line += signed();
      case SET_FILE -> file = unsigned();
      case SET_COLUMN -> column = unsigned();
      case CONST_ADD_PC -> address += (255 - operands.length) / lineRange * minimum;
      case FIXED_ADVANCE_PC -> address += in.u16();
      default -> {
        for (int i = 0; i < operands[opcode]; i++) {
          unsigned();
        }
      }
    }
  }

  private void extended() {
    int length = unsigned();
    int end = in.position() + length;
    switch (in.u8()) {
      case END_SEQUENCE -> {
        rows.add(new Row(address, "", 0, 0, 0));
        reset();
      }
      case SET_ADDRESS -> address = in.i32();
      case SET_DISCRIMINATOR -> discriminator = unsigned();
      default -> {}
    }
    in.seek(end);
  }

  private void row() {
    rows.add(new Row(address, files.name(file), line, column, discriminator));
    discriminator = 0;
  }

  private int unsigned() {
    return Leb128.unsigned(in);
  }

  private int signed() {
    return Leb128.signed(in);
  }
}
