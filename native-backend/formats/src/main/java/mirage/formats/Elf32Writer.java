// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes a relocatable {@link Elf32}; one instance writes one file. */
final class Elf32Writer {
  private static final int SHN_ABS = 0xFFF1;
  private static final int SHN_COMMON = 0xFFF2;
  private static final int SHF_INFO_LINK = 0x40;

  /** A section table row whose offset is known once its content is placed. */
  private record Row(
      String name,
      int type,
      int flags,
      int size,
      int link,
      int info,
      int alignment,
      int entrySize,
      byte[] data) {}

  private final Elf32 elf;
  private final List<Row> rows = new ArrayList<>();
  private final int[] symbolIndex;

  Elf32Writer(Elf32 elf) {
    if (elf.type() != Elf32.RELOCATABLE) {
      throw new IllegalArgumentException("only relocatable files are written here");
    }
    this.elf = elf;
    this.symbolIndex = new int[elf.symbols().size()];
  }

  byte[] write() {
    int locals = numberSymbols();
    int relocated = (int) elf.sections().stream().filter(s -> !s.relocations().isEmpty()).count();
    int symbolTable = 1 + elf.sections().size() + relocated;
    rows.add(new Row("", 0, 0, 0, 0, 0, 0, 0, new byte[0]));
    for (Elf32.Section s : elf.sections()) {
      rows.add(new Row(s.name(), s.type(), s.flags(), s.size(), 0, 0, s.alignment(), 0, s.data()));
    }
    for (int i = 0; i < elf.sections().size(); i++) {
      Elf32.Section s = elf.sections().get(i);
      if (!s.relocations().isEmpty()) {
        byte[] table = relocations(s);
        rows.add(
            new Row(
                ".rela" + s.name(),
                Elf32Reader.SHT_RELA,
                SHF_INFO_LINK,
                table.length,
                symbolTable,
                i + 1,
                4,
                Elf32Reader.RELA_SIZE,
                table));
      }
    }
    Strings names = new Strings();
    byte[] symbols = symbols(names);
    byte[] strings = names.bytes();
    rows.add(
        new Row(
            ".symtab",
            Elf32Reader.SHT_SYMTAB,
            0,
            symbols.length,
            symbolTable + 1,
            locals + 1,
            4,
            Elf32Reader.SYMBOL_SIZE,
            symbols));
    rows.add(new Row(".strtab", Elf32Reader.SHT_STRTAB, 0, strings.length, 0, 0, 1, 0, strings));
    return layout();
  }

  /** ELF wants local symbols first; returns how many there are. */
  private int numberSymbols() {
    int locals = 0;
    for (int i = 0; i < symbolIndex.length; i++) {
      if (elf.symbols().get(i).binding() == Elf32.Binding.LOCAL) {
        symbolIndex[i] = ++locals;
      }
    }
    int next = locals;
    for (int i = 0; i < symbolIndex.length; i++) {
      if (elf.symbols().get(i).binding() != Elf32.Binding.LOCAL) {
        symbolIndex[i] = ++next;
      }
    }
    return locals;
  }

  private byte[] relocations(Elf32.Section section) {
    ByteWriter out = new ByteWriter();
    for (Elf32.Relocation r : section.relocations()) {
      int symbol = r.symbol() < 0 ? 0 : symbolIndex[r.symbol()];
      out.i32(r.offset()).i32(symbol << 8 | r.type()).i32(r.addend());
    }
    return out.toByteArray();
  }

  private byte[] symbols(Strings names) {
    Elf32.Symbol[] ordered = new Elf32.Symbol[symbolIndex.length];
    for (int i = 0; i < symbolIndex.length; i++) {
      ordered[symbolIndex[i] - 1] = elf.symbols().get(i);
    }
    ByteWriter out = new ByteWriter().fill(0, Elf32Reader.SYMBOL_SIZE);
    for (Elf32.Symbol s : ordered) {
      out.i32(names.add(s.name())).i32(s.value()).i32(s.size());
      out.u8(s.binding().ordinal() << 4 | s.kind().ordinal()).u8(0).u16(sectionNumber(s));
    }
    return out.toByteArray();
  }

  private static int sectionNumber(Elf32.Symbol symbol) {
    return switch (symbol.section()) {
      case Elf32.UNDEFINED -> 0;
      case Elf32.ABSOLUTE -> SHN_ABS;
      case Elf32.COMMON -> SHN_COMMON;
      default -> symbol.section() + 1;
    };
  }

  private byte[] layout() {
    Strings names = new Strings();
    int[] nameOffsets = new int[rows.size() + 1];
    for (int i = 0; i < rows.size(); i++) {
      nameOffsets[i] = names.add(rows.get(i).name());
    }
    nameOffsets[rows.size()] = names.add(".shstrtab");
    byte[] nameTable = names.bytes();
    rows.add(
        new Row(".shstrtab", Elf32Reader.SHT_STRTAB, 0, nameTable.length, 0, 0, 1, 0, nameTable));

    ByteWriter body = new ByteWriter().fill(0, Elf32Reader.HEADER_SIZE);
    int[] offsets = new int[rows.size()];
    for (int i = 1; i < rows.size(); i++) {
      offsets[i] = body.align(Math.max(1, rows.get(i).alignment()), 0).length();
      body.bytes(rows.get(i).data());
    }
    int table = body.align(4, 0).length();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      body.i32(nameOffsets[i]).i32(row.type()).i32(row.flags()).i32(0).i32(offsets[i]);
      body.i32(row.size()).i32(row.link()).i32(row.info()).i32(row.alignment());
      body.i32(row.entrySize());
    }
    byte[] file = body.toByteArray();
    byte[] header = header(table).toByteArray();
    System.arraycopy(header, 0, file, 0, header.length);
    return file;
  }

  private ByteWriter header(int table) {
    ByteWriter out = new ByteWriter();
    out.i32(Elf32.MAGIC).u8(1).u8(1).u8(1).fill(0, 9);
    out.u16(elf.type()).u16(elf.machine()).i32(1).i32(elf.entry()).i32(0).i32(table);
    out.i32(elf.flags()).u16(Elf32Reader.HEADER_SIZE).u16(0).u16(0);
    return out.u16(Elf32Reader.SECTION_HEADER_SIZE).u16(rows.size()).u16(rows.size() - 1);
  }

  /** A string table in which equal strings are stored once. */
  private static final class Strings {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Map<String, Integer> offsets = new HashMap<>();

    Strings() {
      add("");
    }

    int add(String text) {
      return offsets.computeIfAbsent(
          text,
          t -> {
            int offset = bytes.size();
            bytes.writeBytes(t.getBytes(StandardCharsets.ISO_8859_1));
            bytes.write(0);
            return offset;
          });
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }
  }
}
