// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.size;

import static mirage.tools.HtmlPage.escape;
import static mirage.tools.HtmlPage.grouped;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import mirage.tools.HtmlPage;

/** Draws a {@link SizeReport} as one HTML page: a treemap for flash, one for RAM, and the whole table. */
final class SizePage {
  private static final int WIDTH = 1100;
  private static final int FLASH_HEIGHT = 560;
  private static final int RAM_HEIGHT = 280;
  private static final int TITLE = 16;
  private static final int HUE_STEP = 47;

  private static final String STYLE =
      """
      body { font: 14px sans-serif; margin: 2em auto; max-width: 1100px; color: #222 }
      svg { width: 100%; height: auto } text { font: 11px sans-serif; pointer-events: none }
      rect { stroke: #fff } .library { font-weight: bold }
      table { border-collapse: collapse } td, th { padding: 2px 12px; text-align: left }
      td + td + td + td { text-align: right } tr:nth-child(even) { background: #f3f3f3 }
      """;

  private SizePage() {}

  static String of(SizeReport report) {
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            "<p>%s bytes of flash, %s bytes of static RAM; %s bytes are left for the heap.</p>%n",
            grouped(report.flashBytes()), grouped(report.ramBytes()), grouped(report.heapBytes())));
    out.append("<h2>Flash</h2>\n");
    drawing(out, report, Area::flash, FLASH_HEIGHT);
    out.append("<h2>Static RAM</h2>\n");
    drawing(out, report, Area::ram, RAM_HEIGHT);
    table(out, report);
    return HtmlPage.of(report.name(), report.name() + ": sizes", STYLE, out);
  }

  private static void drawing(
      StringBuilder out, SizeReport report, Predicate<Area> areas, int height) {
    Map<String, Map<String, Integer>> grouped = report.grouped(areas);
    Map<String, Integer> libraries = new TreeMap<>();
    grouped.forEach(
        (library, modules) ->
            libraries.put(library, modules.values().stream().mapToInt(Integer::intValue).sum()));
    Map<String, Integer> hues = new LinkedHashMap<>();
    report.grouped(area -> true).keySet().forEach(l -> hues.put(l, hues.size() * HUE_STEP % 360));
    out.append(String.format("<svg viewBox=\"0 0 %d %d\" role=\"img\">%n", WIDTH, height));
    for (Treemap.Tile library : Treemap.layout(libraries, 0, 0, WIDTH, height)) {
      double title = library.height() > 2 * TITLE ? TITLE : 0;
      int hue = hues.get(library.name());
      tile(out, library, library.name(), "", hue, 45);
      List<Treemap.Tile> modules =
          Treemap.layout(
              grouped.get(library.name()),
              library.x(),
              library.y() + title,
              library.width(),
              library.height() - title);
      for (Treemap.Tile module : modules) {
        tile(out, module, module.name(), library.name() + ": ", hue, 78);
      }
      if (title > 0) {
        label(out, library, library.name() + " " + grouped(library.weight()), "library");
      }
    }
    out.append("</svg>\n");
  }

  private static void tile(
      StringBuilder out, Treemap.Tile t, String name, String prefix, int hue, int light) {
    out.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"hsl(%d,50%%,%d%%)\"><title>%s: %s bytes</title></rect>%n",
            t.x(),
            t.y(),
            t.width(),
            t.height(),
            hue,
            light,
            escape(prefix + name),
            grouped(t.weight())));
    if (!prefix.isEmpty()) {
      label(out, t, name, "module");
    }
  }

  /** Only where there is room for it. */
  private static void label(StringBuilder out, Treemap.Tile t, String text, String style) {
    int room = (int) (t.width() / 6.5) - 1;
    if (t.height() < 14 || room < 4) {
      return;
    }
    String shown = text.length() > room ? text.substring(0, room - 1) + "…" : text;
    out.append(
        String.format(
            Locale.ROOT,
            "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
            style,
            t.x() + 3,
            t.y() + 12,
            escape(shown)));
  }

  private static void table(StringBuilder out, SizeReport report) {
    out.append("<h2>Everything</h2>\n<table><tr><th>library<th>module<th>what<th>bytes</tr>\n");
    report.contributions().stream()
        .sorted(Comparator.comparingInt(Contribution::bytes).reversed())
        .forEach(
            c ->
                out.append(
                    String.format(
                        "<tr><td>%s<td>%s<td>%s<td>%s</tr>%n",
                        escape(c.library()),
                        escape(c.module()),
                        c.area().title(),
                        grouped(c.bytes()))));
    out.append("</table>\n");
  }
}
