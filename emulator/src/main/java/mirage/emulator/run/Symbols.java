// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import mirage.formats.Elf32;

/** Names of addresses, from an executable's symbol table. */
final class Symbols {
  /** No names. */
  static final Symbols NONE = new Symbols(new TreeMap<>(Integer::compareUnsigned));

  private static final Pattern CODE_ADDRESS = Pattern.compile("0x(4[0-9a-f]{7})");

  private final TreeMap<Integer, String> names;

  private Symbols(TreeMap<Integer, String> names) {
    this.names = names;
  }

  static Symbols of(Elf32 elf) {
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
    return new Symbols(names);
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

  /** {@code report} with the names of all code addresses in it added. */
  String annotate(String report) {
    if (names.isEmpty()) {
      return report;
    }
    return CODE_ADDRESS
        .matcher(report)
        .replaceAll(
            match -> {
              String name = name(Integer.parseUnsignedInt(match.group(1), 16));
              return name.isEmpty() ? match.group() : match.group() + " <" + name + ">";
            });
  }
}
