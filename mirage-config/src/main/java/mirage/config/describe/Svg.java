// SPDX-License-Identifier: Apache-2.0
package mirage.config.describe;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import mirage.config.resolve.Application;
import mirage.tools.HtmlPage;

/** The device graph as a drawing: one self-contained SVG file. Sizes are in pixels. */
public final class Svg {
  private static final int BOX_HEIGHT = 44;
  private static final int LAYER_HEIGHT = 100;
  private static final int GAP = 28;
  private static final int BEND_WIDTH = 12;
  private static final int MARGIN = 24;
  private static final double LETTER = 7.2;

  private static final Map<Picture.Role, String> FILL =
      Map.of(
          Picture.Role.ROOT, "#c9daf8",
          Picture.Role.INIT, "#eeeeee",
          Picture.Role.JOB, "#d9ead3",
          Picture.Role.DEVICE, "#fff2cc");

  private static final String STYLE =
      """
      <style>
        text { font: 12px 'DejaVu Sans Mono', monospace; text-anchor: middle; fill: #222 }
        .name { font-weight: bold }
        .label { font-size: 10.5px; fill: #555 }
        path { fill: none; stroke: #777; stroke-width: 1.2 }
        .value { stroke-dasharray: 5 4 }
      </style>
      <defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">\
      <polygon points="0,0 8,4 0,8" fill="#777"/></marker></defs>
      """;

  private final Picture picture;
  private final Layers layers;
  private final double[] centre;
  private final int[] row;
  private double width;

  private Svg(Picture picture) {
    this.picture = picture;
    layers =
        Layers.of(
            picture.boxes().size(),
            picture.lines().stream().map(line -> new int[] {line.from(), line.to()}).toList());
    centre = new double[layers.count()];
    row = new int[layers.count()];
    place();
  }

  /** The text of an {@code .svg} file. */
  public static String text(Application application) {
    return new Svg(Picture.of(application)).draw();
  }

  private void place() {
    List<List<Integer>> rows = layers.rows();
    double[] widths =
        rows.stream()
            .mapToDouble(r -> r.stream().mapToDouble(this::widthOf).sum() + GAP * (r.size() - 1))
            .toArray();
    for (double candidate : widths) {
      width = Math.max(width, candidate);
    }
    for (int i = 0; i < rows.size(); i++) {
      double x = (width - widths[i]) / 2;
      for (int v : rows.get(i)) {
        row[v] = i;
        centre[v] = x + widthOf(v) / 2;
        x += widthOf(v) + GAP;
      }
    }
  }

  private double widthOf(int vertex) {
    if (vertex >= picture.boxes().size()) {
      return BEND_WIDTH;
    }
    Picture.Box box = picture.boxes().get(vertex);
    return Math.max(box.name().length(), box.label().length()) * LETTER + 20;
  }

  private String draw() {
    int height = (layers.rows().size() - 1) * LAYER_HEIGHT + BOX_HEIGHT + 2 * MARGIN;
    StringBuilder text =
        new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
            .append(
                format(
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%d\" viewBox=\"%d %d %.0f %d\">\n",
                    width + 2 * MARGIN, height, -MARGIN, -MARGIN, width + 2 * MARGIN, height))
            .append("<title>Devices of ")
            .append(HtmlPage.escape(picture.title()))
            .append("</title>\n")
            .append(STYLE);
    for (int i = 0; i < picture.lines().size(); i++) {
      text.append(line(picture.lines().get(i), layers.paths().get(i)));
    }
    for (int i = 0; i < picture.boxes().size(); i++) {
      text.append(box(i));
    }
    return text.append("</svg>\n").toString();
  }

  private String line(Picture.Line line, List<Integer> path) {
    StringBuilder text = new StringBuilder();
    double x = centre[path.get(0)];
    double y = row[path.get(0)] * LAYER_HEIGHT + BOX_HEIGHT;
    text.append(format("M%.1f,%.1f", x, y));
    for (int i = 1; i < path.size(); i++) {
      int vertex = path.get(i);
      double top = row[vertex] * LAYER_HEIGHT;
      double middle = (y + top) / 2;
      text.append(
          format(
              " C%.1f,%.1f %.1f,%.1f %.1f,%.1f",
              x, middle, centre[vertex], middle, centre[vertex], top));
      x = centre[vertex];
      y = top;
      if (vertex >= picture.boxes().size()) {
        y = top + BOX_HEIGHT;
        text.append(format(" L%.1f,%.1f", x, y));
      }
    }
    return "<path%s marker-end=\"url(#arrow)\" d=\"%s\"/>\n"
        .formatted(line.argument() ? "" : " class=\"value\"", text);
  }

  private String box(int i) {
    Picture.Box box = picture.boxes().get(i);
    double w = widthOf(i);
    double x = centre[i];
    int y = row[i] * LAYER_HEIGHT;
    return format(
            "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"7\" fill=\"%s\" stroke=\"#555\"/>",
            x - w / 2, y, w, BOX_HEIGHT, FILL.get(box.role()))
        + format(
            "<text class=\"name\" x=\"%.1f\" y=\"%d\">%s</text>",
            x, y + 18, HtmlPage.escape(box.name()))
        + format(
            "<text class=\"label\" x=\"%.1f\" y=\"%d\">%s</text>%n",
            x, y + 34, HtmlPage.escape(box.label()));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
