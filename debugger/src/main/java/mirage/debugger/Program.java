// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mirage.backend.OcamlSymbol;
import mirage.formats.DebugInfo;
import mirage.formats.Elf32;
import mirage.formats.LineTable;
import mirage.formats.SourceLocation;
import mirage.tools.MirageException;

/** What an executable says of its code. */
final class Program {
  private static final String LINES = ".debug_line";
  private static final int SIGNIFICANT = 3;

  private final Map<String, Integer> symbols = new HashMap<>();
  private final TreeMap<Integer, Elf32.Symbol> functions = new TreeMap<>(Integer::compareUnsigned);
  private final TreeMap<Integer, LineTable.Row> rows = new TreeMap<>(Integer::compareUnsigned);
  private final DebugInfo info;

  /**
   * @param name of the file, for messages
   * @throws MirageException if it is no compiled program
   */
  Program(String name, Elf32 elf) {
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
    elf.sections().stream()
        .filter(section -> section.name().equals(LINES))
        .flatMap(section -> LineTable.read(name, section.data()).stream())
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

  /**
   * Where code that comes from certain places begins, once in each function and each call that was inlined.
   *
   * @param wanted places, of which the code itself or a call that was inlined there is one
   */
  List<Integer> starts(Predicate<SourceLocation> wanted) {
    List<Integer> found = new ArrayList<>();
    Set<List<Object>> seen = new HashSet<>();
    for (LineTable.Row row : rows.values()) {
      List<SourceLocation> origin = info.origin(row);
      for (int i = 0; i < origin.size(); i++) {
        Map.Entry<Integer, Elf32.Symbol> function = functions.floorEntry(row.address());
        List<Object> calls = List.of(function.getKey(), origin.subList(i + 1, origin.size()));
        if (wanted.test(origin.get(i)) && seen.add(calls)) {
          found.add(row.address());
        }
      }
    }
    return found;
  }

  /** Whether a name means a definition: complete, or without its first modules. */
  static boolean matches(String definition, String name) {
    return definition.equals(name) || definition.endsWith("." + name);
  }

  /** The name a function is shown by. */
  String shown(DebugInfo.Function function) {
    return OcamlSymbol.source(function.symbol()).orElse(function.symbol());
  }

  /** A definition with the library's module separated from its own. */
  static String plain(String definition) {
    return definition.replaceAll("(?<=[A-Za-z0-9])__(?=[A-Z])", ".");
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

  private Stream<String> definitions() {
    return info.origins().stream()
        .flatMap(List::stream)
        .map(place -> plain(place.definition()))
        .distinct();
  }

  /** Files with code, by the last part of their name. */
  List<String> files(String name) {
    return info.origins().stream()
        .flatMap(List::stream)
        .map(SourceLocation::file)
        .distinct()
        .filter(file -> name.isEmpty() || file.equals(name) || file.endsWith("/" + name))
        .sorted()
        .toList();
  }

  /** Lines of a file that have code. */
  TreeSet<Integer> lines(String file) {
    return info.origins().stream()
        .flatMap(List::stream)
        .filter(place -> place.file().equals(file))
        .map(SourceLocation::line)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
