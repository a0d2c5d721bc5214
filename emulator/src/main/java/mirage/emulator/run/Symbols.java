// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mirage.formats.DebugInfo;
import mirage.formats.Elf32;
import mirage.formats.LineTable;

/** What an executable says of addresses: names from its symbol table, places in the source from its line table. */
final class Symbols {
  /** No names. */
  static final Symbols NONE =
      new Symbols(new TreeMap<>(Integer::compareUnsigned), List.of(), Optional.empty());

  private static final Pattern CODE_ADDRESS = Pattern.compile("0x(4[0-9a-f]{7})");

  private final TreeMap<Integer, String> names;
  private final TreeMap<Integer, LineTable.Row> lines = new TreeMap<>(Integer::compareUnsigned);
  private final Optional<DebugInfo> ocaml;

  private Symbols(
      TreeMap<Integer, String> names, List<LineTable.Row> rows, Optional<DebugInfo> ocaml) {
    this.names = names;
    this.ocaml = ocaml;
    for (LineTable.Row row : rows) {
      // Where one stretch of code ends another may begin.
      if (row.line() > 0) {
        lines.put(row.address(), row);
      } else {
        lines.putIfAbsent(row.address(), row);
      }
    }
  }

  /**
   * Those of an executable.
   *
   * @param file its name, for messages
   */
  static Symbols of(String file, Elf32 elf) {
    TreeMap<Integer, String> names = new TreeMap<>(Integer::compareUnsigned);
    for (Elf32.Symbol symbol : elf.symbols()) {
      boolean code = symbol.kind() == Elf32.Kind.FUNCTION || symbol.kind() == Elf32.Kind.NONE;
      if (code && symbol.section() >= 0 && !symbol.name().isEmpty()) {
        boolean function = symbol.kind() == Elf32.Kind.FUNCTION;
        if (function || !names.containsKey(symbol.value())) {
          names.put(symbol.value(), symbol.name());
        }
      }
    }
    return new Symbols(names, LineTable.read(file, elf), DebugInfo.of(file, elf));
  }

  /** {@code name+0x12}, or an empty text if nothing is known. */
  String name(int address) {
    Map.Entry<Integer, String> entry = names.floorEntry(address);
    if (entry == null) {
      return "";
    }
    int distance = address - entry.getKey();
    return distance == 0 ? entry.getValue() : "%s+0x%x".formatted(entry.getValue(), distance);
  }

  /** {@code function, file:line}; {@code name+0x12} where the line is not known, an empty text if nothing is. */
  String place(int address) {
    Map.Entry<Integer, LineTable.Row> entry = lines.floorEntry(address);
    if (entry == null || entry.getValue().line() == 0) {
      return name(address);
    }
    LineTable.Row row = entry.getValue();
    return ocaml.map(info -> info.origin(row)).stream()
        .flatMap(List::stream)
        .findFirst()
        .map(origin -> origin.function() + ", " + origin.shown())
        .orElseGet(
            () -> name(address).replaceFirst("\\+0x.*", "") + ", " + row.file() + ":" + row.line());
  }

  /** {@code report} with the places of all code addresses in it added. */
  String annotate(String report) {
    if (names.isEmpty()) {
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
