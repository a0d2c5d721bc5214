// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mirage.formats.DebugInfo;
import mirage.formats.Elf32;
import mirage.formats.LineTable;

/**
 * What an executable says of addresses: names from its symbol table, places in the source from its line table. Its tables
 * are read when the first address is asked for: most runs ask for none.
 */
final class Symbols {
  /** No names. */
  static final Symbols NONE =
      new Symbols(() -> new Tables(unsigned(), unsigned(), Optional.empty()));

  private static final Pattern CODE_ADDRESS = Pattern.compile("0x(4[0-9a-f]{7})");

  private final Supplier<Tables> reader;
  private Tables tables;

  /**
   * @param lines by the address where each begins
   */
  private record Tables(
      TreeMap<Integer, String> names,
      TreeMap<Integer, LineTable.Row> lines,
      Optional<DebugInfo> ocaml) {}

  private Symbols(Supplier<Tables> reader) {
    this.reader = reader;
  }

  private static <T> TreeMap<Integer, T> unsigned() {
    return new TreeMap<>(Integer::compareUnsigned);
  }

  private Tables tables() {
    if (tables == null) {
      tables = reader.get();
    }
    return tables;
  }

  /**
   * Those of an executable.
   *
   * @param file its name, for messages
   * @param content of the file
   */
  static Symbols of(String file, byte[] content) {
    return new Symbols(() -> read(file, Elf32.read(file, content)));
  }

  private static Tables read(String file, Elf32 elf) {
    return new Tables(names(elf), lines(LineTable.read(file, elf)), DebugInfo.of(file, elf));
  }

  private static TreeMap<Integer, String> names(Elf32 elf) {
    TreeMap<Integer, String> names = unsigned();
    for (Elf32.Symbol symbol : elf.symbols()) {
      boolean code = symbol.kind() == Elf32.Kind.FUNCTION || symbol.kind() == Elf32.Kind.NONE;
      if (code && symbol.section() >= 0 && !symbol.name().isEmpty()) {
        boolean function = symbol.kind() == Elf32.Kind.FUNCTION;
        if (function || !names.containsKey(symbol.value())) {
          names.put(symbol.value(), symbol.name());
        }
      }
    }
    return names;
  }

  private static TreeMap<Integer, LineTable.Row> lines(List<LineTable.Row> rows) {
    TreeMap<Integer, LineTable.Row> lines = unsigned();
    for (LineTable.Row row : rows) {
      // Where one stretch of code ends another may begin.
      if (row.line() > 0) {
        lines.put(row.address(), row);
      } else {
        lines.putIfAbsent(row.address(), row);
      }
    }
    return lines;
  }

  /** {@code name+0x12}, or an empty text if nothing is known. */
  String name(int address) {
    Map.Entry<Integer, String> entry = tables().names().floorEntry(address);
    if (entry == null) {
      return "";
    }
    int distance = address - entry.getKey();
    return distance == 0 ? entry.getValue() : "%s+0x%x".formatted(entry.getValue(), distance);
  }

  /** {@code function, file:line}; {@code name+0x12} where the line is not known, an empty text if nothing is. */
  String place(int address) {
    Map.Entry<Integer, LineTable.Row> entry = tables().lines().floorEntry(address);
    if (entry == null || entry.getValue().line() == 0) {
      return name(address);
    }
    LineTable.Row row = entry.getValue();
    return tables().ocaml().map(info -> info.origin(row)).stream()
        .flatMap(List::stream)
        .findFirst()
        .map(origin -> origin.function() + ", " + origin.shown())
        .orElseGet(
            () -> name(address).replaceFirst("\\+0x.*", "") + ", " + row.file() + ":" + row.line());
  }

  /** {@code report} with the places of all code addresses in it added. */
  String annotate(String report) {
    if (tables().names().isEmpty()) {
      return report;
    }
    return CODE_ADDRESS
        .matcher(report)
        .replaceAll(
            match -> {
              String place = place(Integer.parseUnsignedInt(match.group(1), 16));
              String text = match.group() + (place.isEmpty() ? "" : " <" + place + ">");
              return Matcher.quoteReplacement(text);
            });
  }
}
