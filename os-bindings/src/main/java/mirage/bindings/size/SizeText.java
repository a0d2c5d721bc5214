// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.size;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Prints a {@link SizeReport} as a table: libraries, their largest modules, sums. */
final class SizeText {
  private static final int MODULES_SHOWN = 5;
  private static final String ROW = "  %-38s %9s %9s%n";

  private SizeText() {}

  private static final class Sums {
    private int flash;
    private int ram;

    private void add(Contribution c) {
      flash += c.area().flash() ? c.bytes() : 0;
      ram += c.area().ram() ? c.bytes() : 0;
    }
  }

  static String of(SizeReport report) {
    Map<String, Sums> libraries = new TreeMap<>();
    Map<String, Map<String, Sums>> modules = new TreeMap<>();
    for (Contribution c : report.contributions()) {
      libraries.computeIfAbsent(c.library(), name -> new Sums()).add(c);
      modules
          .computeIfAbsent(c.library(), name -> new TreeMap<>())
          .computeIfAbsent(c.module(), name -> new Sums())
          .add(c);
    }
    StringBuilder out = new StringBuilder();
    out.append(String.format(ROW, "bytes", "flash", "RAM"));
    for (String library : ordered(libraries)) {
      row(out, library, libraries.get(library));
      List<String> names = ordered(modules.get(library));
      Sums others = new Sums();
      for (int i = 0; i < names.size(); i++) {
        Sums sums = modules.get(library).get(names.get(i));
        if (i < MODULES_SHOWN || names.size() == MODULES_SHOWN + 1) {
          row(out, "  " + names.get(i), sums);
        } else {
          others.flash += sums.flash;
          others.ram += sums.ram;
        }
      }
      if (others.flash + others.ram > 0) {
        row(out, "  " + (names.size() - MODULES_SHOWN) + " others", others);
      }
    }
    out.append(String.format(ROW, "total", report.flashBytes(), report.ramBytes()));
    out.append(String.format(ROW, "left for heap", "", report.heapBytes()));
    return out.toString();
  }

  private static List<String> ordered(Map<String, Sums> sums) {
    return sums.keySet().stream()
        .sorted(
            Comparator.comparingInt((String name) -> sums.get(name).flash + sums.get(name).ram)
                .reversed()
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static void row(StringBuilder out, String name, Sums sums) {
    String shown = name.length() > 38 ? name.substring(0, 37) + "~" : name;
    out.append(String.format(ROW, shown, number(sums.flash), number(sums.ram)));
  }

  private static String number(int bytes) {
    return bytes == 0 ? "-" : String.valueOf(bytes);
  }
}
