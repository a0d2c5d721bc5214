// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Reads {@link Elf32}; one instance reads one file. Layout: System V ABI, chapters 4 and 5. */
final class Elf32Reader {
  static final int HEADER_SIZE = 52;
  static final int SECTION_HEADER_SIZE = 40;
  static final int SYMBOL_SIZE = 16;
  static final int RELA_SIZE = 12;
  static final int SHT_SYMTAB = 2;
  static final int SHT_STRTAB = 3;
  static final int SHT_RELA = 4;
  private static final int PROGRAM_HEADER_SIZE = 32;
  private static final int SHN_RESERVED = 0xFF00;
  private static final int SHN_ABS = 0xFFF1;
  private static final int SHN_COMMON = 0xFFF2;

  private record Header(
      int at,
      long name,
      int type,
      int flags,
      int address,
      long offset,
      long size,
      long link,
      long info,
      int alignment) {}

  private final ByteReader in;
  private final List<Header> headers = new ArrayList<>();
  private int[] sectionIndex = {};
  private int symbolCount;

  Elf32Reader(String file, byte[] data) {
    in = new ByteReader(file, data, ByteOrder.LITTLE_ENDIAN);
  }

  Elf32 read() {
    in.require(HEADER_SIZE, "an ELF header");
    int magic = in.i32();
    if (magic != Elf32.MAGIC) {
      throw in.failAt(0, String.format("magic 0x%08x", magic), "7f 45 4c 46 (ELF)");
    }
    expect("class", in.u8(), 1, "1 (32-bit)");
    expect("byte order", in.u8(), 1, "1 (little-endian)");
    in.seek(16);
    int type = in.u16();
    int machine = in.u16();
    in.skip(4);
    int entry = in.i32();
    long programHeaders = in.u32();
    long sectionHeaders = in.u32();
    int flags = in.i32();
    in.skip(2);
    int programHeaderSize = in.u16();
    int programHeaderCount = in.u16();
    int sectionHeaderSize = in.u16();
    int sectionCount = in.u16();
    int nameSection = in.u16();
    List<Elf32.Segment> segments = new ArrayList<>();
    if (programHeaderCount > 0) {
      expectAt(42, "program header size", programHeaderSize, PROGRAM_HEADER_SIZE);
      readSegments(programHeaders, programHeaderCount, segments);
    }
    if (sectionCount > 0) {
      expectAt(46, "section header size", sectionHeaderSize, SECTION_HEADER_SIZE);
      readHeaders(sectionHeaders, sectionCount);
    }
    int symbolTable = find(SHT_SYMTAB);
    indexSections(nameSection, symbolTable);
    List<Elf32.Symbol> symbols = readSymbols(symbolTable);
    List<Elf32.Section> sections = readSections(nameSection, symbolTable);
    return new Elf32(type, machine, entry, flags, sections, segments, symbols);
  }

  private void readSegments(long offset, int count, List<Elf32.Segment> segments) {
    ByteReader table = in.at(offset, (long) count * PROGRAM_HEADER_SIZE, "program headers");
    for (int i = 0; i < count; i++) {
      int type = table.i32();
      long fileOffset = table.u32();
      int address = table.i32();
      int loadAddress = table.i32();
      long fileSize = table.u32();
      int memorySize = table.i32();
      int flags = table.i32();
      table.skip(4);
      byte[] data = in.at(fileOffset, fileSize, "a segment").rest();
      segments.add(new Elf32.Segment(type, address, loadAddress, memorySize, flags, data));
    }
  }

  private void readHeaders(long offset, int count) {
    ByteReader table = in.at(offset, (long) count * SECTION_HEADER_SIZE, "section headers");
    for (int i = 0; i < count; i++) {
      int at = table.position();
      headers.add(
          new Header(
              at,
              table.u32(),
              table.i32(),
              table.i32(),
              table.i32(),
              table.u32(),
              table.u32(),
              table.u32(),
              table.u32(),
              table.i32()));
      table.skip(4);
    }
  }

  private int find(int type) {
    for (int i = 0; i < headers.size(); i++) {
      if (headers.get(i).type() == type) {
        return i;
      }
    }
    return -1;
  }

  /** Numbers the sections that the model keeps: -1 for those it does not. */
  private void indexSections(int nameSection, int symbolTable) {
    sectionIndex = new int[headers.size()];
    int next = 0;
    for (int i = 0; i < headers.size(); i++) {
      Header h = headers.get(i);
      boolean dropped =
          h.type() == 0
              || h.type() == SHT_RELA
              || h.type() == SHT_SYMTAB
              || i == nameSection
              || symbolTable >= 0 && i == headers.get(symbolTable).link();
      sectionIndex[i] = dropped ? -1 : next++;
    }
  }

  private List<Elf32.Section> readSections(int nameSection, int symbolTable) {
    List<Elf32.Section> sections = new ArrayList<>();
    List<List<Elf32.Relocation>> relocations = readRelocations(symbolTable);
    for (int i = 0; i < headers.size(); i++) {
      if (sectionIndex[i] < 0) {
        continue;
      }
      Header h = headers.get(i);
      boolean zeros = h.type() == Elf32.SHT_NOBITS;
      byte[] data = zeros ? new byte[0] : content(h).rest();
      sections.add(
          new Elf32.Section(
              string(nameSection, h.name(), h.at()),
              h.type(),
              h.flags(),
              h.address(),
              (int) h.size(),
              h.alignment(),
              data,
              relocations.get(i)));
    }
    return sections;
  }

  private List<List<Elf32.Relocation>> readRelocations(int symbolTable) {
    List<List<Elf32.Relocation>> bySection = new ArrayList<>();
    headers.forEach(h -> bySection.add(new ArrayList<>()));
    for (Header h : headers) {
      if (h.type() != SHT_RELA || h.link() != symbolTable) {
        continue;
      }
      if (h.info() >= headers.size() || sectionIndex[(int) h.info()] < 0) {
        throw in.failAt(
            h.at() + 28, "relocations of section " + h.info(), "a section with content");
      }
      ByteReader table = content(h);
      while (table.remaining() > 0) {
        int offset = table.i32();
        int info = table.i32();
        if (info >>> 8 > symbolCount) {
          throw in.failAt(table.position() - 4, "symbol " + (info >>> 8), "at most " + symbolCount);
        }
        bySection
            .get((int) h.info())
            .add(new Elf32.Relocation(offset, info & 0xFF, (info >>> 8) - 1, table.i32()));
      }
    }
    return bySection;
  }

  private List<Elf32.Symbol> readSymbols(int symbolTable) {
    List<Elf32.Symbol> symbols = new ArrayList<>();
    if (symbolTable < 0) {
      return symbols;
    }
    ByteReader table = content(headers.get(symbolTable));
    long strings = headers.get(symbolTable).link();
    table.skip(Math.min(SYMBOL_SIZE, table.remaining()));
    while (table.remaining() > 0) {
      int at = table.position();
      long name = table.u32();
      int value = table.i32();
      int size = table.i32();
      int info = table.u8();
      table.skip(1);
      int section = table.u16();
      int kind = info & 15;
      int binding = info >> 4;
      if (kind >= Elf32.Kind.values().length || binding >= Elf32.Binding.values().length) {
        throw in.failAt(
            at + 12, String.format("symbol info 0x%02x", info), "kinds 0-4, bindings 0-2");
      }
      symbols.add(
          new Elf32.Symbol(
              string(strings, name, at),
              Elf32.Binding.values()[binding],
              Elf32.Kind.values()[kind],
              symbolSection(section, at),
              value,
              size));
    }
    symbolCount = symbols.size();
    return symbols;
  }

  private int symbolSection(int section, int at) {
    if (section == 0) {
      return Elf32.UNDEFINED;
    }
    if (section == SHN_COMMON) {
      return Elf32.COMMON;
    }
    // A symbol that stands for one of the tables we drop has no use but its number.
    if (section == SHN_ABS || section < headers.size() && sectionIndex[section] < 0) {
      return Elf32.ABSOLUTE;
    }
    if (section >= SHN_RESERVED || section >= headers.size()) {
      throw in.failAt(at + 14, "section number " + section, "less than " + headers.size());
    }
    return sectionIndex[section];
  }

  private ByteReader content(Header h) {
    return in.at(h.offset(), h.size(), "a section");
  }

  private String string(long section, long offset, int at) {
    if (section >= headers.size() || headers.get((int) section).type() != SHT_STRTAB) {
      throw in.failAt(at, "a name in section " + section, "a string table");
    }
    Header strings = headers.get((int) section);
    if (offset >= strings.size()) {
      throw in.failAt(at, "a name at " + offset, "less than " + strings.size());
    }
    ByteReader reader = content(strings);
    return reader.seek(reader.position() + offset).zeroTerminated();
  }

  private void expect(String what, int found, int wanted, String allowed) {
    if (found != wanted) {
      throw in.failAt(in.position() - 1, what + " " + found, allowed);
    }
  }

  private void expectAt(int at, String what, int found, int wanted) {
    if (found != wanted) {
      throw in.failAt(at, what + " " + found, String.valueOf(wanted));
    }
  }
}
