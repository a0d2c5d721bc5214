// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.size;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import mirage.formats.Elf32;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;

/**
 * What takes flash and RAM in a program linked for the chip.
 *
 * @param name of the program
 * @param contributions all of it, gaps included, largest first
 * @param heapBytes RAM left for OCaml's heap and C's
 */
public record SizeReport(String name, List<Contribution> contributions, int heapBytes) {
  static final String PROGRAM = "program";
  private static final String OCAML = "ocaml:";
  private static final String CODE = "mirage_code";

  public SizeReport {
    contributions = List.copyOf(contributions);
  }

  /**
   * Reads what the linker left in a directory.
   *
   * @param directory with {@code <name>.elf} and {@code <name>.map}
   */
  public static SizeReport read(String name, Path directory) {
    Path elf = directory.resolve(name + ".elf");
    Path map = directory.resolve(name + ".map");
    try {
      return of(
          name,
          Elf32.read(elf.toString(), Files.readAllBytes(elf)),
          Files.readString(map, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new MirageException(
          name
              + ": no sizes without "
              + elf
              + " and "
              + map
              + " ("
              + AtomicFiles.reason(e)
              + "); build for the esp32 target first",
          e);
    }
  }

  static SizeReport of(String name, Elf32 elf, String map) {
    List<Contribution> all = new ArrayList<>();
    Map<Area, Integer> sections = new TreeMap<>();
    for (Elf32.Section section : elf.sections()) {
      Area area = area(section.name());
      if (area != null) {
        sections.merge(area, section.size(), Integer::sum);
      }
    }
    addBytecode(elf, all);
    CompiledCode compiled = new CompiledCode(elf, map);
    for (LinkerMap.InputSection input : LinkerMap.parse(map)) {
      for (Elf32.Section section : elf.sections()) {
        long start = Integer.toUnsignedLong(section.address());
        boolean inside = input.address() >= start && input.address() < start + section.size();
        if (!inside || area(section.name()) == null || input.name().endsWith(".mirage.code")) {
          continue;
        }
        if (input.name().startsWith(CompiledCode.SECTION)) {
          all.addAll(compiled.of(input));
        } else {
          all.add(contribution(input, area(section.name())));
        }
      }
    }
    List<Contribution> merged = merge(all);
    addGaps(sections, merged);
    merged.sort(
        Comparator.comparingInt(Contribution::bytes)
            .reversed()
            .thenComparing(Contribution::library)
            .thenComparing(Contribution::module));
    int heap = address(elf, "__heap_end") - address(elf, "__heap_start");
    return new SizeReport(name, merged, heap);
  }

  private static Area area(String section) {
    return switch (section) {
      case ".drom" -> Area.CONSTANTS;
      case ".irom" -> Area.MACHINE_CODE;
      case ".iram" -> Area.RAM_CODE;
      case ".data" -> Area.INITIALISED;
      case ".bss" -> Area.ZEROED;
      default -> null;
    };
  }

  private static void addBytecode(Elf32 elf, List<Contribution> all) {
    int rest = elf.symbol(CODE).map(Elf32.Symbol::size).orElse(0);
    for (Elf32.Symbol symbol : elf.symbols()) {
      if (symbol.name().startsWith(OCAML)) {
        String[] parts = symbol.name().split(":", 3);
        String library = parts[1].isEmpty() ? ocamlLibrary(parts[2]) : parts[1];
        all.add(new Contribution(library, parts[2], Area.BYTECODE, symbol.size()));
        rest -= symbol.size();
      }
    }
    if (rest > 0) {
      all.add(new Contribution(PROGRAM, "(end of code)", Area.BYTECODE, rest));
    }
  }

  /** The standard library is linked without being named. */
  static String ocamlLibrary(String unit) {
    boolean standard = unit.matches("Stdlib(__.*)?|CamlinternalFormat.*|Camlinternal.*|Std_exit");
    return standard ? "stdlib" : PROGRAM;
  }

  private static Contribution contribution(LinkerMap.InputSection input, Area area) {
    boolean compiled = input.name().contains(".caml_native") && input.library().isEmpty();
    if (!compiled && !input.name().contains(".mirage")) {
      String library = input.library().isEmpty() ? PROGRAM : input.library();
      return new Contribution(library, input.module(), area, input.size());
    }
    String table =
        switch (input.name()) {
          case ".constants.mirage" -> "OCaml constants";
          case ".rodata.mirage.globals", ".bss.caml_native_globals" -> "OCaml globals";
          case ".rodata.caml_native_frames", ".rodata.caml_native_tables" -> "frame tables";
          case ".rodata.caml_native_inlined_handlers" -> "exception handlers";
          case ".rodata.mirage.locations",
                  ".rodata.mirage.location_entries",
                  ".rodata.mirage.location_index",
                  ".rodata.mirage.location_names" ->
              "source locations";
          default -> "primitive table";
        };
    return new Contribution(PROGRAM, table, area, input.size());
  }

  private static List<Contribution> merge(List<Contribution> all) {
    Map<Contribution, Integer> sums =
        all.stream()
            .collect(
                Collectors.toMap(
                    c -> new Contribution(c.library(), c.module(), c.area(), 0),
                    Contribution::bytes,
                    Integer::sum));
    List<Contribution> merged = new ArrayList<>();
    sums.forEach((c, sum) -> merged.add(new Contribution(c.library(), c.module(), c.area(), sum)));
    return merged;
  }

  /** What alignment costs, so that the sums are those of the image. */
  private static void addGaps(Map<Area, Integer> sections, List<Contribution> merged) {
    sections.forEach(
        (area, size) -> {
          int known =
              merged.stream()
                  .filter(
                      c -> c.area() == area || area == Area.CONSTANTS && c.area() == Area.BYTECODE)
                  .mapToInt(Contribution::bytes)
                  .sum();
          if (size > known) {
            merged.add(new Contribution(PROGRAM, "(alignment)", area, size - known));
          }
        });
  }

  private static int address(Elf32 elf, String symbol) {
    return elf.symbol(symbol).map(Elf32.Symbol::value).orElse(0);
  }

  /** Bytes of flash the program takes. */
  public int flashBytes() {
    return sum(Area::flash);
  }

  /** Bytes of data RAM the program takes before it runs. */
  public int ramBytes() {
    return sum(Area::ram);
  }

  private int sum(Predicate<Area> areas) {
    return contributions.stream()
        .filter(c -> areas.test(c.area()))
        .mapToInt(Contribution::bytes)
        .sum();
  }

  /** Bytes by library and module, of those areas; largest first on both levels. */
  Map<String, Map<String, Integer>> grouped(Predicate<Area> areas) {
    Map<String, Map<String, Integer>> grouped = new TreeMap<>();
    for (Contribution c : contributions) {
      if (areas.test(c.area())) {
        grouped
            .computeIfAbsent(c.library(), library -> new TreeMap<>())
            .merge(c.module(), c.bytes(), Integer::sum);
      }
    }
    return grouped;
  }

  /** A table for a terminal. */
  public String text() {
    return SizeText.of(this);
  }

  /** A page that needs nothing but itself. */
  public String html() {
    return SizePage.of(this);
  }
}
