// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.program;

import java.util.ArrayList;
import java.util.List;

/**
 * What can be used at some place among {@link Statements}. Immutable.
 *
 * @param indices variables of loops
 * @param rounds how many a loop may still have
 * @param lean whether there are only {@link Arithmetic} and exceptions
 */
record Context(Scope scope, List<Place> places, List<String> indices, int rounds, boolean lean) {
  Context with(String name, Type type) {
    return new Context(scope.with(name, type), places, indices, rounds, lean);
  }

  Context with(Place place) {
    List<Place> more = new ArrayList<>(places);
    more.add(place);
    return new Context(scope, more, indices, rounds, lean);
  }

  Context loop(String index, int times) {
    List<String> more = new ArrayList<>(indices);
    more.add(index);
    return new Context(
        scope.with(index, Type.INT), places, more, rounds / Math.max(1, times), lean);
  }
}
