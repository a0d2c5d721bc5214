// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.program;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mirage.formats.Elf32;
import mirage.formats.Elf32.Binding;
import mirage.formats.Elf32.Kind;
import mirage.formats.Elf32.Relocation;
import mirage.formats.Elf32.Section;
import mirage.formats.Elf32.Symbol;
import mirage.formats.LocationTable;
import mirage.formats.OcamlValue.Boxed;

/** Writes a {@link Program} as the object that program.h declares; one instance writes one object. */
final class ProgramObject {
  /** Sections are named so that the linker script can keep OCaml's data apart from C's. */
  private static final String PREFIX = ".rodata.mirage.";

  private static final String CONSTANTS = ".constants.mirage";

  private final Program program;
  private final List<Section> sections = new ArrayList<>();
  private final List<Symbol> symbols = new ArrayList<>();
  private final Map<String, Integer> outside = new HashMap<>();

  ProgramObject(Program program) {
    this.program = program;
  }

  Elf32 build(Map<String, String> libraries) {
    int code = section("code", 4, words(program.code()), List.of());
    for (Unit unit : program.units()) {
      int size = 4 * (unit.end() - unit.start());
      if (size > 0) {
        String name = "ocaml:" + libraries.getOrDefault(unit.name(), "") + ":" + unit.name();
        symbols.add(new Symbol(name, Binding.LOCAL, Kind.OBJECT, 0, 4 * unit.start(), size));
      }
    }
    int dataIndex = sections.size();
    int data = section("constants", 4, dataBytes(), List.of());
    Section plain = sections.get(dataIndex);
    List<Relocation> inData = relocations(program.data(), data);
    sections.set(dataIndex, Section.of(CONSTANTS, plain.flags(), 4, plain.data(), inData));
    int globals = globals(data);
    int primitives = primitives();
    List<Relocation> pointers = new ArrayList<>();
    ByteBuffer top = buffer(8 * 4);
    pointer(top, pointers, code).putInt(4 * program.code().length);
    pointer(top, pointers, data).putInt(sections.get(dataIndex).size());
    pointer(top, pointers, globals).putInt(program.globals().size());
    pointer(top, pointers, primitives).putInt(program.primitives().size());
    section("program", 4, top.array(), pointers);
    locations(program.locations());
    return Elf32.xtensaObject(sections, symbols);
  }

  private void locations(LocationTable table) {
    int entries = section("location_entries", 1, table.entries(), List.of());
    int index = section("location_index", 4, words(table.index()), List.of());
    int names = section("location_names", 1, table.names(), List.of());
    List<Relocation> pointers = new ArrayList<>();
    ByteBuffer top = buffer(4 * 4);
    pointer(top, pointers, entries);
    pointer(top, pointers, index).putInt(table.count());
    pointer(top, pointers, names);
    section("locations", 4, top.array(), pointers);
  }

  /** Adds a section and a symbol that covers it; returns the symbol's number. */
  private int section(String name, int alignment, byte[] content, List<Relocation> relocations) {
    sections.add(Section.of(PREFIX + name, Elf32.SHF_ALLOC, alignment, content, relocations));
    symbols.add(
        new Symbol(
            "mirage_" + name, Binding.GLOBAL, Kind.OBJECT, sections.size() - 1, 0, content.length));
    return symbols.size() - 1;
  }

  private byte[] dataBytes() {
    ByteBuffer out = buffer(4 * program.data().size());
    for (StaticData.Word word : program.data()) {
      out.putInt(word.kind() == StaticData.Kind.PLAIN ? word.value() : 0);
    }
    return out.array();
  }

  private List<Relocation> relocations(List<StaticData.Word> words, int dataSymbol) {
    List<Relocation> relocations = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      StaticData.Word word = words.get(i);
      int place = 4 * i;
      switch (word.kind()) {
        case PLAIN -> {}
        case POINTER ->
            relocations.add(new Relocation(place, Elf32.R_XTENSA_32, dataSymbol, word.value()));
        case OPERATIONS ->
            relocations.add(
                new Relocation(place, Elf32.R_XTENSA_32, outside(operations(word.value())), 0));
      }
    }
    return relocations;
  }

  private static String operations(int type) {
    return switch (Boxed.Type.values()[type]) {
      case INT32 -> "caml_int32_ops";
      case INT64 -> "caml_int64_ops";
      case NATIVEINT -> "caml_nativeint_ops";
    };
  }

  private int globals(int dataSymbol) {
    ByteBuffer out = buffer(4 * program.globals().size());
    for (StaticData.Word word : program.globals()) {
      out.putInt(word.kind() == StaticData.Kind.PLAIN ? word.value() : 0);
    }
    return section("globals", 4, out.array(), relocations(program.globals(), dataSymbol));
  }

  private int primitives() {
    List<Relocation> relocations = new ArrayList<>();
    for (String name : program.primitives()) {
      relocations.add(new Relocation(4 * relocations.size(), Elf32.R_XTENSA_32, outside(name), 0));
    }
    return section("primitives", 4, new byte[4 * relocations.size()], relocations);
  }

  private int outside(String name) {
    return outside.computeIfAbsent(
        name,
        n -> {
          symbols.add(Symbol.undefined(n));
          return symbols.size() - 1;
        });
  }

  private static ByteBuffer pointer(ByteBuffer out, List<Relocation> pointers, int symbol) {
    pointers.add(new Relocation(out.position(), Elf32.R_XTENSA_32, symbol, 0));
    return out.putInt(0);
  }

  private static byte[] words(int[] words) {
    ByteBuffer out = buffer(4 * words.length);
    for (int word : words) {
      out.putInt(word);
    }
    return out.array();
  }

  private static byte[] words(List<Integer> words) {
    return words(words.stream().mapToInt(Integer::intValue).toArray());
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
