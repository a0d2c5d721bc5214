// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mirage.formats.OcamlValue.Block;

/**
 * An OCaml bytecode executable, whatever stands before it (a {@code #!} line, a native runtime).
 *
 * <pre>
 * sections, one after the other
 * per section: name (4), length (4)
 * number of sections (4), magic Caml1999X030 (12)     end of file
 * </pre>
 *
 * <p>Numbers are big-endian, except in CODE, which is little-endian (runtime/caml/exec.h).
 *
 * @param file name used in messages
 * @param version which compiler family made it
 * @param code CODE: whole instructions with operands in range, which use stack and closures as compilers do
 * @param data DATA: initial value of each global, constants included
 * @param primitives PRIM: C functions by the index that C_CALL uses
 * @param libraries DLLS: shared libraries of C functions
 * @param globals SYMB: slots in {@code data} of compilation units and predefined exceptions, by name
 * @param events DBUG: debug events in order of position; empty if linked without {@code -g}
 */
public record BytecodeFile(
    String file,
    Version version,
    Bytecode code,
    Block data,
    List<String> primitives,
    List<String> libraries,
    Map<String, Integer> globals,
    List<DebugEvent> events) {

  private static final String FAMILY = "Caml1999X";
  private static final int TRAILER_SIZE = 16;
  private static final int MAGIC_SIZE = 12;
  private static final int SECTION_ENTRY_SIZE = 8;
  private static final int MAX_SECTIONS = 64;

  /** Compiler families whose files are understood. */
  public enum Version {
    OCAML_4_13("Caml1999X030"),
    OCAML_4_14("Caml1999X031");

    private final String magic;

    Version(String magic) {
      this.magic = magic;
    }
  }

  /** Whether the file ends as a bytecode executable of some version does. */
  public static boolean looksLikeOne(byte[] data) {
    int start = data.length - MAGIC_SIZE;
    return start >= 0
        && new String(data, start, MAGIC_SIZE, StandardCharsets.ISO_8859_1).startsWith(FAMILY);
  }

  /** Reads a file. */
  public static BytecodeFile read(String file, byte[] bytes) {
    ByteReader in = new ByteReader(file, bytes, ByteOrder.BIG_ENDIAN);
    int trailer = trailer(in, bytes.length);
    long count = in.u32();
    Version version = version(in);
    Map<String, ByteReader> sections = sections(in, trailer, count);
    List<String> primitives = strings(required(in, sections, "PRIM"));
    OcamlValue value = MarshalReader.read(required(in, sections, "DATA"));
    if (!(value instanceof Block data) || data.tag() != 0) {
      throw in.failAt(trailer, "DATA that is " + value, "a block of globals");
    }
    Bytecode code = code(required(in, sections, "CODE"), data.size(), primitives.size());
    ByteReader symbols = sections.get("SYMB");
    ByteReader debug = sections.get("DBUG");
    return new BytecodeFile(
        file,
        version,
        code,
        data,
        primitives,
        sections.containsKey("DLLS") ? strings(sections.get("DLLS")) : List.of(),
        symbols == null ? Map.of() : GlobalMap.read(symbols, data.size()),
        debug == null ? List.of() : DebugEvent.readAll(debug, code.size()));
  }

  /**
   * The sections of a file but some, as a file of their own; the code in them is not looked at.
   *
   * @param names of the sections to leave out, such as DLLS
   */
  public static byte[] withoutSections(String file, byte[] bytes, Set<String> names) {
    ByteReader in = new ByteReader(file, bytes, ByteOrder.BIG_ENDIAN);
    int trailer = trailer(in, bytes.length);
    long count = in.u32();
    byte[] magic = in.bytes(MAGIC_SIZE, "magic");
    Map<String, ByteReader> sections = sections(in, trailer, count);
    sections.keySet().removeAll(names);
    ByteWriter table = new ByteWriter();
    ByteWriter out = new ByteWriter();
    sections.forEach(
        (name, section) -> {
          byte[] content = section.rest();
          out.bytes(content);
          table.bytes(name.getBytes(StandardCharsets.ISO_8859_1));
          table.i32(Integer.reverseBytes(content.length));
        });
    table.i32(Integer.reverseBytes(sections.size())).bytes(magic);
    return out.bytes(table.toByteArray()).toByteArray();
  }

  private static int trailer(ByteReader in, int length) {
    if (length < TRAILER_SIZE) {
      throw in.fail(length + " bytes", "a bytecode executable, which ends with a 16-byte trailer");
    }
    in.seek(length - TRAILER_SIZE);
    return length - TRAILER_SIZE;
  }

  private static Version version(ByteReader in) {
    String magic = new String(in.bytes(MAGIC_SIZE, "magic"), StandardCharsets.ISO_8859_1);
    for (Version version : Version.values()) {
      if (version.magic.equals(magic)) {
        return version;
      }
    }
    throw in.failAt(
        in.position() - MAGIC_SIZE,
        found(in, magic),
        "Caml1999X030 (OCaml 4.13) or Caml1999X031 (4.14) at the end of a bytecode executable,"
            + " which ocamlc links");
  }

  /** What a file is that does not end as it should. */
  private static String found(ByteReader in, String magic) {
    if (magic.startsWith(FAMILY)) {
      return "magic '" + magic + "' (OCaml " + release(magic) + ")";
    }
    in.seek(0);
    String start = new String(in.bytes(MAGIC_SIZE, "a magic"), StandardCharsets.ISO_8859_1);
    if (start.startsWith("Caml1999O")) {
      return "a compiled unit (.cmo) that is not linked";
    } else if (start.startsWith("Caml1999A")) {
      return "a library (.cma) that is not linked";
    } else if (start.startsWith("\u007FELF")) {
      return "an ELF file without bytecode, such as ocamlopt makes";
    } else if (start.startsWith("#!/")) {
      return "a script, or a bytecode executable whose end is missing";
    }
    return "'" + magic.replaceAll("[^ -~]", "?") + "'";
  }

  /** Magics are numbered on; each release of the language has its own. */
  private static String release(String magic) {
    return switch (magic.substring(FAMILY.length())) {
      case "028" -> "4.11";
      case "029" -> "4.12";
      case "032" -> "5.0";
      case "033" -> "5.1";
      case "034" -> "5.2";
      case "035" -> "5.3";
      default -> "of another version";
    };
  }

  private static Map<String, ByteReader> sections(ByteReader in, int trailer, long count) {
    if (count > MAX_SECTIONS || count * SECTION_ENTRY_SIZE > trailer) {
      throw in.failAt(trailer, count + " sections", "at most " + MAX_SECTIONS);
    }
    int table = trailer - (int) count * SECTION_ENTRY_SIZE;
    Map<String, Long> lengths = new LinkedHashMap<>();
    in.seek(table);
    long total = 0;
    for (int i = 0; i < count; i++) {
      String name = new String(in.bytes(4, "a section name"), StandardCharsets.ISO_8859_1);
      long length = in.u32();
      total += length;
      if (lengths.put(name, length) != null || total > table) {
        throw in.failAt(
            in.position() - SECTION_ENTRY_SIZE,
            "section '" + name + "' of " + length + " bytes",
            "each section once, together at most " + table + " bytes");
      }
    }
    in.seek(table - total);
    Map<String, ByteReader> sections = new LinkedHashMap<>();
    lengths.forEach((name, length) -> sections.put(name, in.slice(length, name)));
    return sections;
  }

  private static ByteReader required(ByteReader in, Map<String, ByteReader> sections, String name) {
    ByteReader section = sections.get(name);
    if (section == null) {
      throw in.fail("sections " + sections.keySet(), "a section " + name + " among them");
    }
    return section;
  }

  private static List<String> strings(ByteReader in) {
    List<String> strings = new ArrayList<>();
    while (in.remaining() > 0) {
      strings.add(in.zeroTerminated());
    }
    return strings;
  }

  private static Bytecode code(ByteReader in, int globals, int primitives) {
    if (in.remaining() % 4 != 0) {
      throw in.fail("CODE of " + in.remaining() + " bytes", "a multiple of 4");
    }
    int start = in.position();
    int[] words = new int[in.remaining() / 4];
    for (int i = 0; i < words.length; i++) {
      words[i] = Integer.reverseBytes(in.i32());
    }
    Bytecode.Failure failure = (pc, found, allowed) -> in.failAt(start + 4L * pc, found, allowed);
    Bytecode code = new BytecodeDecoder(words, globals, primitives, failure).decode();
    new StackChecker(code, failure).check();
    return code;
  }
}
