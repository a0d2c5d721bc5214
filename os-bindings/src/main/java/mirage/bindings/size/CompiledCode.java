// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.size;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mirage.formats.Elf32;

/** Compiled OCaml code, which is one object to the linker, by the units its functions are of. */
public final class CompiledCode {
  /** The sections it is in begin so. */
  static final String SECTION = ".text.caml_native_code";

  private static final Pattern FUNCTION = Pattern.compile("camlcode_(\\w+)\\..*");
  private static final Pattern LIBRARY = Pattern.compile("(?m)^OCaml unit (\\w+): (\\S+)$");
  private static final String OTHERS = "(top level and stubs)";

  /** What begins at an address: the unit, or {@link #OTHERS}. */
  private final TreeMap<Long, String> units = new TreeMap<>();

  private final Map<String, String> libraries = new HashMap<>();

  /**
   * @param map begins with {@link #libraries}
   */
  CompiledCode(Elf32 elf, String map) {
    for (Elf32.Symbol symbol : elf.symbols()) {
      Matcher function = FUNCTION.matcher(symbol.name());
      boolean ours = function.matches();
      if (ours || symbol.name().startsWith("caml")) {
        units.merge(
            Integer.toUnsignedLong(symbol.value()),
            ours ? function.group(1) : OTHERS,
            (known, other) -> known.equals(OTHERS) ? other : known);
      }
    }
    LIBRARY.matcher(map).results().forEach(line -> libraries.put(line.group(1), line.group(2)));
  }

  /**
   * The lines of a map file that say what library each unit is of.
   *
   * @param libraries library by unit
   */
  public static String libraries(Map<String, String> libraries) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(libraries)
        .forEach((unit, name) -> text.append("OCaml unit %s: %s\n".formatted(unit, name)));
    return text.append('\n').toString();
  }

  /** The parts of one section. */
  List<Contribution> of(LinkerMap.InputSection section) {
    List<Contribution> parts = new ArrayList<>();
    long end = section.address() + section.size();
    long at = section.address();
    while (at < end) {
      Entry<Long, String> here = units.floorEntry(at);
      Long next = units.higherKey(at);
      long until = next == null ? end : Math.min(next, end);
      boolean inside = here != null && here.getKey() >= section.address();
      parts.add(part(inside ? here.getValue() : OTHERS, (int) (until - at)));
      at = until;
    }
    return parts;
  }

  private Contribution part(String unit, int bytes) {
    String library = unit.equals(OTHERS) ? SizeReport.PROGRAM : SizeReport.ocamlLibrary(unit);
    return new Contribution(libraries.getOrDefault(unit, library), unit, Area.MACHINE_CODE, bytes);
  }
}
