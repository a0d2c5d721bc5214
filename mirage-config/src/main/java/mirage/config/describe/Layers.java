// SPDX-License-Identifier: Apache-2.0
package mirage.config.describe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The layered layout of a graph without cycles (after Sugiyama): every vertex stands one layer or
 * more below all that point at it; an edge over several layers passes through a bend in each; the
 * order within a layer follows the mean place of the neighbours, which leaves few crossings.
 */
final class Layers {
  private static final int SWEEPS = 8;

  /** Vertices of each layer from the left; vertices beyond the given count are bends. */
  private final List<List<Integer>> rows;

  private final List<int[]> edges;
  private final List<List<Integer>> paths;
  private final int[] layer;
  private int count;

  private Layers(int vertices, List<int[]> input) {
    count = vertices;
    layer = depths(vertices, input);
    edges = new ArrayList<>();
    paths = new ArrayList<>();
    int deepest = Arrays.stream(layer).max().orElse(0);
    rows = new ArrayList<>();
    for (int i = 0; i <= deepest; i++) {
      rows.add(new ArrayList<>());
    }
    for (int v = 0; v < vertices; v++) {
      rows.get(layer[v]).add(v);
    }
    input.forEach(edge -> paths.add(path(edge)));
  }

  /**
   * Lays out a graph.
   *
   * @param vertices how many there are, numbered from 0
   * @param edges pairs from, to
   */
  static Layers of(int vertices, List<int[]> edges) {
    Layers layers = new Layers(vertices, edges);
    layers.order();
    return layers;
  }

  /** Vertices and bends of every layer, from the top, from the left. */
  List<List<Integer>> rows() {
    return rows;
  }

  /** For each edge, in the order given: its start, its bends, its end. */
  List<List<Integer>> paths() {
    return paths;
  }

  /** How many vertices and bends there are. */
  int count() {
    return count;
  }

  private static int[] depths(int vertices, List<int[]> edges) {
    int[] depth = new int[vertices];
    boolean changed = true;
    for (int round = 0; changed; round++) {
      if (round > vertices) {
        throw new IllegalArgumentException("the graph has a cycle");
      }
      changed = false;
      for (int[] edge : edges) {
        if (depth[edge[1]] <= depth[edge[0]]) {
          depth[edge[1]] = depth[edge[0]] + 1;
          changed = true;
        }
      }
    }
    return depth;
  }

  private List<Integer> path(int[] edge) {
    List<Integer> path = new ArrayList<>(List.of(edge[0]));
    int last = edge[0];
    for (int row = layer[edge[0]] + 1; row < layer[edge[1]]; row++) {
      int bend = count++;
      rows.get(row).add(bend);
      edges.add(new int[] {last, bend});
      path.add(bend);
      last = bend;
    }
    edges.add(new int[] {last, edge[1]});
    path.add(edge[1]);
    return path;
  }

  private void order() {
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      boolean down = sweep % 2 == 0;
      for (int i = 1; i < rows.size(); i++) {
        int row = down ? i : rows.size() - 1 - i;
        sort(rows.get(row), rows.get(down ? row - 1 : row + 1), down);
      }
    }
  }

  private void sort(List<Integer> row, List<Integer> fixed, boolean down) {
    double[] place = new double[count];
    for (int v : row) {
      double mean =
          edges.stream()
              .filter(edge -> edge[down ? 1 : 0] == v)
              .mapToInt(edge -> fixed.indexOf(edge[down ? 0 : 1]))
              .filter(index -> index >= 0)
              .average()
              .orElse(row.indexOf(v));
      place[v] = mean;
    }
    row.sort(Comparator.comparingDouble(v -> place[v]));
  }
}
