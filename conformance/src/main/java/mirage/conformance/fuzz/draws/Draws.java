// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.draws;

import java.util.ArrayList;
import java.util.List;

/**
 * The decisions a program was made by, as a tree: those for a part of it, such as an expression, are a node of their own. A
 * changed tree makes another program, a smaller one mostly: what is missing counts as 0, and 0 stands for what is least.
 *
 * @param label what kind of part it is; parts of the same label can take each other's place
 * @param numbers the part's own decisions, in order
 * @param parts those of its parts, in order
 */
public record Draws(String label, List<Integer> numbers, List<Draws> parts) {

  public static Draws none(String label) {
    return new Draws(label, List.of(), List.of());
  }

  /** Where a node is: which part of the root, which part of that, and so on. */
  public record Path(List<Integer> steps) {
    public static final Path ROOT = new Path(List.of());

    public Path to(int part) {
      List<Integer> longer = new ArrayList<>(steps);
      longer.add(part);
      return new Path(longer);
    }
  }

  /** Nodes of this tree, itself included. */
  public int size() {
    return 1 + parts.stream().mapToInt(Draws::size).sum();
  }

  /** Whether nothing is left that could be taken away. */
  public boolean least() {
    return parts.isEmpty() && numbers.stream().allMatch(number -> number == 0);
  }

  /** With another node at a place that exists. */
  public Draws with(Path path, Draws node) {
    if (path.steps().isEmpty()) {
      return node;
    }
    int step = path.steps().get(0);
    List<Draws> changed = new ArrayList<>(parts);
    Path rest = new Path(path.steps().subList(1, path.steps().size()));
    changed.set(step, parts.get(step).with(rest, node));
    return new Draws(label, numbers, changed);
  }

  /** With another number in place of one of its own. */
  public Draws withNumber(int index, int number) {
    List<Integer> changed = new ArrayList<>(numbers);
    changed.set(index, number);
    return new Draws(label, changed, parts);
  }
}
