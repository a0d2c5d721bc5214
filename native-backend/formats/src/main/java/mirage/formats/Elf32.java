// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A little-endian 32-bit ELF file: what the linker reads (relocatable) and what it makes (executable).
 *
 * <p>Symbol table, string tables and RELA tables are not among {@link #sections}: they are read into {@link
 * #symbols} and {@link Section#relocations}, and made again by {@link #write}.
 *
 * @param type {@link #RELOCATABLE} or {@link #EXECUTABLE}
 * @param machine {@link #EM_XTENSA} for what we make
 * @param entry address of the first instruction of an executable
 * @param flags of the machine
 * @param sections without the null section and the tables named above
 * @param segments what is loaded where; empty for a relocatable
 * @param symbols without the null symbol; relocations refer to them by index
 */
public record Elf32(
    int type,
    int machine,
    int entry,
    int flags,
    List<Section> sections,
    List<Segment> segments,
    List<Symbol> symbols) {

  /** Bytes at the beginning of a file that tell what it is. */
  public static final int MAGIC_SIZE = 4;

  /** Those, as a little-endian word. */
  static final int MAGIC = 0x464C457F;

  public static final int RELOCATABLE = 1;
  public static final int EXECUTABLE = 2;
  public static final int EM_XTENSA = 94;

  /** {@code e_flags} of Xtensa objects: instructions and literals are in their place. */
  public static final int XTENSA_FLAGS = 0x300;

  public static final int SHT_PROGBITS = 1;
  public static final int SHT_NOBITS = 8;
  public static final int SHF_WRITE = 1;
  public static final int SHF_ALLOC = 2;
  public static final int SHF_EXECINSTR = 4;
  public static final int PT_LOAD = 1;

  /** Xtensa: the word at the place becomes word + symbol + addend. */
  public static final int R_XTENSA_32 = 1;

  /** Xtensa: the operand of the one-slot instruction at the place becomes symbol + addend. */
  public static final int R_XTENSA_SLOT0_OP = 20;

  /** Values of {@link Symbol#section} that are no index. */
  public static final int UNDEFINED = -1;

  public static final int ABSOLUTE = -2;
  public static final int COMMON = -3;

  /** Whether a file that begins like this is an ELF file; it may be damaged, or for another machine. */
  public static boolean looksLikeOne(byte[] start) {
    return start.length >= MAGIC_SIZE
        && ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getInt() == MAGIC;
  }

  public Elf32 {
    sections = List.copyOf(sections);
    segments = List.copyOf(segments);
    symbols = List.copyOf(symbols);
  }

  /** A relocatable Xtensa object, ready to be written. */
  public static Elf32 xtensaObject(List<Section> sections, List<Symbol> symbols) {
    return new Elf32(RELOCATABLE, EM_XTENSA, 0, XTENSA_FLAGS, sections, List.of(), symbols);
  }

  /**
   * A section.
   *
   * @param type SHT_..., unchanged from the file
   * @param flags SHF_...
   * @param address 0 in relocatables
   * @param size in bytes; the length of {@code data} except for SHT_NOBITS, where data is empty
   * @param alignment a power of two
   */
  public record Section(
      String name,
      int type,
      int flags,
      int address,
      int size,
      int alignment,
      byte[] data,
      List<Relocation> relocations) {
    public Section {
      relocations = List.copyOf(relocations);
    }

    /** A section with content. */
    public static Section of(
        String name, int flags, int alignment, byte[] data, List<Relocation> relocations) {
      return new Section(name, SHT_PROGBITS, flags, 0, data.length, alignment, data, relocations);
    }

    /** A section of zeros that takes no room in the file. */
    public static Section zeros(String name, int alignment, int size) {
      return new Section(
          name, SHT_NOBITS, SHF_ALLOC | SHF_WRITE, 0, size, alignment, new byte[0], List.of());
    }

    /** Whether the section is in memory when the program runs. */
    public boolean allocated() {
      return (flags & SHF_ALLOC) != 0;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Section that
          && name.equals(that.name)
          && type == that.type
          && flags == that.flags
          && address == that.address
          && size == that.size
          && alignment == that.alignment
          && Arrays.equals(data, that.data)
          && relocations.equals(that.relocations);
    }

    @Override
    public int hashCode() {
      return 31 * name.hashCode() + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
      return String.format("Section[%s, 0x%08x, %d bytes]", name, address, size);
    }
  }

  /**
   * A RELA relocation.
   *
   * @param offset in its section
   * @param type R_XTENSA_...
   * @param symbol index in {@link Elf32#symbols}, or -1 for none
   */
  public record Relocation(int offset, int type, int symbol, int addend) {}

  /**
   * A symbol.
   *
   * @param section index in {@link Elf32#sections}, or {@link #UNDEFINED}, {@link #ABSOLUTE}, {@link
   *     #COMMON}
   * @param value offset in the section (relocatable) or address (executable)
   */
  public record Symbol(String name, Binding binding, Kind kind, int section, int value, int size) {
    public static Symbol undefined(String name) {
      return new Symbol(name, Binding.GLOBAL, Kind.NONE, UNDEFINED, 0, 0);
    }

    /** A global symbol for data at {@code value} of a section. */
    public static Symbol object(String name, int section, int value, int size) {
      return new Symbol(name, Binding.GLOBAL, Kind.OBJECT, section, value, size);
    }
  }

  /** Who sees a symbol; the ordinal is the file's number. */
  public enum Binding {
    LOCAL,
    GLOBAL,
    WEAK
  }

  /** What a symbol stands for; the ordinal is the file's number. */
  public enum Kind {
    NONE,
    OBJECT,
    FUNCTION,
    SECTION,
    FILE
  }

  /**
   * A program header.
   *
   * @param type PT_LOAD is what is loaded
   * @param address where it runs
   * @param loadAddress where it is stored; equal to {@code address} unless the link says otherwise
   * @param memorySize in bytes; what exceeds {@code data} is zeros
   */
  public record Segment(
      int type, int address, int loadAddress, int memorySize, int flags, byte[] data) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Segment that
          && type == that.type
          && address == that.address
          && loadAddress == that.loadAddress
          && memorySize == that.memorySize
          && flags == that.flags
          && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
      return 31 * address + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
      return String.format("Segment[0x%08x, %d bytes]", address, memorySize);
    }
  }

  /** The first section of this name. */
  public Optional<Section> section(String name) {
    return sections.stream().filter(s -> s.name().equals(name)).findFirst();
  }

  /** The first defined symbol of this name. */
  public Optional<Symbol> symbol(String name) {
    return symbols.stream()
        .filter(s -> s.name().equals(name) && s.section() != UNDEFINED)
        .findFirst();
  }

  /** Reads a file, checking every offset, size and index in it. */
  public static Elf32 read(String file, byte[] data) {
    return new Elf32Reader(file, data).read();
  }

  /** The bytes of a relocatable object. Executables are the linker's to write. */
  public byte[] write() {
    return new Elf32Writer(this).write();
  }
}
