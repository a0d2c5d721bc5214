// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.size;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Divides a rectangle among weights so that areas are proportional and the parts nearly square (Bruls, Huizing, van Wijk: "Squarified
 * treemaps", 2000).
 */
final class Treemap {
  /** A part: what it stands for, its weight, its place. */
  record Tile(String name, int weight, double x, double y, double width, double height) {}

  private final List<Tile> tiles = new ArrayList<>();
  private double x;
  private double y;
  private double width;
  private double height;

  private Treemap(double x, double y, double width, double height) {
    this.x = x;
    this.y = y;
    this.width = width;
    this.height = height;
  }

  /** Lays out positive weights, largest first. */
  static List<Tile> layout(
      Map<String, Integer> weights, double x, double y, double width, double height) {
    List<Map.Entry<String, Integer>> entries =
        weights.entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    double total = entries.stream().mapToInt(Map.Entry::getValue).sum();
    Treemap map = new Treemap(x, y, Math.max(0, width), Math.max(0, height));
    double scale = map.width * map.height / Math.max(1, total);
    int from = 0;
    while (from < entries.size()) {
      int to = from + 1;
      while (to < entries.size()
          && map.worst(entries.subList(from, to + 1), scale)
              <= map.worst(entries.subList(from, to), scale)) {
        to++;
      }
      map.place(entries.subList(from, to), scale);
      from = to;
    }
    return map.tiles;
  }

  /** The largest ratio of sides in a row along the shorter side. */
  private double worst(List<Map.Entry<String, Integer>> row, double scale) {
    double side = Math.max(1e-9, Math.min(width, height));
    double sum = sum(row) * scale;
    double thickness = sum / side;
    double worst = 0;
    for (Map.Entry<String, Integer> entry : row) {
      double length = entry.getValue() * scale / Math.max(1e-9, thickness);
      worst = Math.max(worst, Math.max(length / thickness, thickness / length));
    }
    return worst;
  }

  private void place(List<Map.Entry<String, Integer>> row, double scale) {
    boolean upright = width >= height;
    double thickness = sum(row) * scale / Math.max(1e-9, upright ? height : width);
    double at = upright ? y : x;
    for (Map.Entry<String, Integer> entry : row) {
      double length = entry.getValue() * scale / Math.max(1e-9, thickness);
      tiles.add(
          upright
              ? new Tile(entry.getKey(), entry.getValue(), x, at, thickness, length)
              : new Tile(entry.getKey(), entry.getValue(), at, y, length, thickness));
      at += length;
    }
    if (upright) {
      x += thickness;
      width -= thickness;
    } else {
      y += thickness;
      height -= thickness;
    }
  }

  private static double sum(List<Map.Entry<String, Integer>> row) {
    return row.stream().mapToInt(Map.Entry::getValue).sum();
  }
}
