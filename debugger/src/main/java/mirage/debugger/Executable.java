// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mirage.backend.ir.OcamlSymbol;
import mirage.formats.DebugInfo;
import mirage.formats.Elf32;
import mirage.formats.LineTable;
import mirage.formats.SourceLocation;
import mirage.tools.MirageException;

/** What an executable says of its code. */
final class Executable {
  private static final int SIGNIFICANT = 3;

  private final Map<String, Integer> symbols = new HashMap<>();
  private final TreeMap<Integer, Elf32.Symbol> functions = new TreeMap<>(Integer::compareUnsigned);
  private final TreeMap<Integer, LineTable.Row> rows = new TreeMap<>(Integer::compareUnsigned);
  private final List<Elf32.Segment> segments;
  private final DebugInfo info;
  private TreeSet<Integer> pointers;

  /**
   * @param name of the file, for messages
   * @throws MirageException if it is no compiled program
   */
  Executable(String name, Elf32 elf) {
    segments = elf.segments();
    info =
        DebugInfo.of(name, elf)
            .orElseThrow(
                () ->
                    new MirageException(
                        name
                            + ": not a program of the native back end, or linked without its debug section:"
                            + " use --backend native; bytecode has backtraces of its own"
                            + " (Printexc.record_backtrace)"));
    for (Elf32.Symbol symbol : elf.symbols()) {
      if (symbol.section() >= 0 && !symbol.name().isEmpty()) {
        symbols.putIfAbsent(symbol.name(), symbol.value());
        boolean compiled = info.functions().containsKey(symbol.name());
        if (compiled || symbol.kind() == Elf32.Kind.FUNCTION && !known(symbol.value())) {
          functions.put(symbol.value(), symbol);
        }
      }
    }
    LineTable.read(name, elf).stream()
        .filter(row -> ocaml(row.address()))
        .forEach(row -> rows.put(row.address(), row));
    if (rows.values().stream().allMatch(row -> info.origin(row).isEmpty())) {
      throw new MirageException(
          name + ": its bytecode was linked without -g, so no lines are known");
    }
  }

  /** Whether a compiled function begins there, which may have other names. */
  private boolean known(int address) {
    Elf32.Symbol symbol = functions.get(address);
    return symbol != null && info.functions().containsKey(symbol.name());
  }

  /** Value of a symbol of the run-time system. */
  int symbol(String name) {
    Integer value = symbols.get(name);
    if (value == null) {
      throw new MirageException("the program has no symbol " + name);
    }
    return value;
  }

  /** Value of a symbol that not every program has. */
  OptionalInt find(String name) {
    Integer value = symbols.get(name);
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  /** Whether compiled code lies there. */
  boolean ocaml(int pc) {
    return Integer.compareUnsigned(pc, symbol("caml_native_code_begin")) >= 0
        && Integer.compareUnsigned(pc, symbol("caml_native_code_end")) < 0;
  }

  /** The compiled function an address lies in. */
  Optional<DebugInfo.Function> function(int pc) {
    return Optional.ofNullable(ocaml(pc) ? functions.floorEntry(pc) : null)
        .map(entry -> info.functions().get(entry.getValue().name()));
  }

  /** Whether a place is in the function that code belongs to, not in one that was put into it. */
  boolean owns(int pc, SourceLocation place) {
    return function(pc).filter(f -> f.definition().equals(place.definition())).isPresent();
  }

  /** Where a function begins. */
  int start(DebugInfo.Function function) {
    return symbol(function.symbol());
  }

  /** The name of any code, as the source or else the linker has it. */
  String name(int pc) {
    Map.Entry<Integer, Elf32.Symbol> entry = functions.floorEntry(pc);
    if (entry == null) {
      return "?";
    }
    String symbol = entry.getValue().name();
    return OcamlSymbol.source(symbol).orElse(symbol);
  }

  /** The row of the line table an address belongs to. */
  Optional<LineTable.Row> row(int pc) {
    return Optional.ofNullable(rows.floorEntry(pc)).map(Map.Entry::getValue);
  }

  /** Whether a row begins exactly there. */
  boolean rowBegins(int pc) {
    return rows.containsKey(pc);
  }

  /** Where the code at an address comes from: the place itself, then those of the calls that were inlined. */
  List<SourceLocation> origin(int pc) {
    return function(pc).isEmpty() ? List.of() : row(pc).map(info::origin).orElse(List.of());
  }

  /** Whether the function at an address has its frame there. */
  boolean framed(int pc) {
    return row(pc).map(DebugInfo::framed).orElse(false);
  }

  /** Functions of that name: complete, or without its first modules. */
  List<DebugInfo.Function> functionsNamed(String name) {
    List<DebugInfo.Function> found = new ArrayList<>();
    for (DebugInfo.Function function : info.functions().values()) {
      if (symbols.containsKey(function.symbol()) && matches(shown(function), name)) {
        found.add(function);
      }
    }
    return found;
  }

  /** Compiled functions, in the order of their code. */
  Collection<DebugInfo.Function> functions() {
    return functions.values().stream()
        .map(symbol -> info.functions().get(symbol.name()))
        .filter(Objects::nonNull)
        .toList();
  }

  /** Behind a function's code. */
  int end(DebugInfo.Function function) {
    return start(function) + functions.get(start(function)).size();
  }

  /** Where rows of the line table begin in a stretch of code. */
  Collection<Integer> rowsWithin(int start, int end) {
    return rows.subMap(start, end).keySet();
  }

  /** Where words of the program's memory point to in a stretch of code, such as those of jump tables. */
  Collection<Integer> pointersWithin(int start, int end) {
    if (pointers == null) {
      pointers = new TreeSet<>(Integer::compareUnsigned);
      for (Elf32.Segment segment : segments) {
        ByteBuffer words = ByteBuffer.wrap(segment.data()).order(ByteOrder.LITTLE_ENDIAN);
        while (words.remaining() >= Integer.BYTES) {
          int word = words.getInt();
          if (ocaml(word)) {
            pointers.add(word);
          }
        }
      }
    }
    return pointers.subSet(start, end);
  }

  /** The word at an address of the program's memory as it is at the start; 0 where there is none. */
  int word(int address) {
    for (Elf32.Segment segment : segments) {
      int at = address - segment.address();
      if (at >= 0 && at < segment.data().length) {
        byte[] word = Arrays.copyOfRange(segment.data(), at, at + Integer.BYTES);
        return ByteBuffer.wrap(word).order(ByteOrder.LITTLE_ENDIAN).getInt();
      }
    }
    return 0;
  }

  /** Whether a name means a definition: complete, or without its first modules. */
  static boolean matches(String definition, String name) {
    return definition.equals(name) || definition.endsWith("." + name);
  }

  /** The name a function is shown by. */
  String shown(DebugInfo.Function function) {
    return OcamlSymbol.source(function.symbol()).orElse(function.symbol());
  }

  /** Names whose last part begins as that of a text does, at most {@code limit}. */
  List<String> similar(String text, int limit) {
    String last = last(text);
    String wanted = last.substring(0, Math.min(SIGNIFICANT, last.length()));
    return definitions()
        .filter(name -> last(name).startsWith(wanted))
        .sorted()
        .limit(limit)
        .toList();
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** Names of all functions with code, also of those that were put into others. */
  Stream<String> definitions() {
    return places().map(place -> place.function()).distinct();
  }

  /** The places code comes from. */
  private Stream<SourceLocation> places() {
    return rows.values().stream().map(info::origin).distinct().flatMap(List::stream);
  }

  /** Files with code, by the last part of their name. */
  List<String> files(String name) {
    return places()
        .map(SourceLocation::file)
        .distinct()
        .filter(file -> name.isEmpty() || file.equals(name) || file.endsWith("/" + name))
        .sorted()
        .toList();
  }

  /** Lines of a file that have code. */
  TreeSet<Integer> lines(String file) {
    return places()
        .filter(place -> place.file().equals(file))
        .map(SourceLocation::line)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
