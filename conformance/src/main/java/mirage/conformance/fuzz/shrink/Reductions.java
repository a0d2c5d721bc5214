// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.shrink;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import mirage.conformance.fuzz.draws.Draws;

/** The ways to take something away from a record of decisions: much first. */
public final class Reductions {
  /** A node and where it is. */
  private record Place(Draws.Path path, Draws node) {}

  /** Parts that are tried in place of a part that holds them. */
  private static final int HOISTED = 6;

  private Reductions() {}

  public static List<Draws> of(Draws root) {
    List<Place> places = new ArrayList<>();
    collect(root, Draws.Path.ROOT, places);
    places.sort(Comparator.comparing((Place place) -> place.node().size()).reversed());
    List<Draws> reductions = new ArrayList<>();
    for (Place place : places) {
      without(root, place, reductions);
      hoisted(root, place, reductions);
    }
    for (Place place : places) {
      lowered(root, place, reductions);
    }
    return reductions;
  }

  private static void collect(Draws node, Draws.Path path, List<Place> places) {
    places.add(new Place(path, node));
    for (int i = 0; i < node.parts().size(); i++) {
      collect(node.parts().get(i), path.to(i), places);
    }
  }

  private static void without(Draws root, Place place, List<Draws> reductions) {
    Draws node = place.node();
    if (!place.path().steps().isEmpty() && !node.least()) {
      reductions.add(root.with(place.path(), Draws.none(node.label())));
    }
  }

  /** A part of the same kind takes the place of what it is part of. */
  private static void hoisted(Draws root, Place place, List<Draws> reductions) {
    List<Place> inside = new ArrayList<>();
    collect(place.node(), Draws.Path.ROOT, inside);
    inside.stream()
        .skip(1)
        .map(Place::node)
        .filter(node -> node.label().equals(place.node().label()) && !node.least())
        .sorted(Comparator.comparing(Draws::size).reversed())
        .limit(HOISTED)
        .forEach(node -> reductions.add(root.with(place.path(), node)));
  }

  private static void lowered(Draws root, Place place, List<Draws> reductions) {
    Draws node = place.node();
    for (int i = 0; i < node.numbers().size(); i++) {
      int number = node.numbers().get(i);
      if (number > 0) {
        reductions.add(root.with(place.path(), node.withNumber(i, 0)));
      }
      if (number > 1) {
        reductions.add(root.with(place.path(), node.withNumber(i, number / 2)));
        reductions.add(root.with(place.path(), node.withNumber(i, number - 1)));
      }
    }
  }
}
