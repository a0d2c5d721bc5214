// SPDX-License-Identifier: Apache-2.0
package mirage.opam.sysroot;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Libraries with all they require, requirements first, and what is wrong with them. */
final class LinkOrder {
  private final Sysroot sysroot;
  private final Set<String> order = new LinkedHashSet<>();
  private final Map<String, String> problems = new LinkedHashMap<>();

  /** The implementation that was chosen for a virtual library. */
  private final Map<String, String> chosen = new TreeMap<>();

  LinkOrder(Sysroot sysroot, Collection<String> names) {
    this.sysroot = sysroot;
    for (String name : names) {
      sysroot.variant(name).implemented().ifPresent(open -> choose(open, name));
    }
    names.forEach(name -> visit(name, List.of()));
  }

  /** All names, once each; builds nothing. */
  List<String> names() {
    return List.copyOf(order);
  }

  /** One message for each library that cannot be used, or that is not there. */
  List<String> problems() {
    return List.copyOf(problems.values());
  }

  /** The libraries that cannot be used themselves, or are not there. */
  Set<String> unusable() {
    return problems.keySet();
  }

  private void choose(String open, String name) {
    String other = chosen.putIfAbsent(open, name);
    if (other != null && !other.equals(name)) {
      problems.put(
          name,
          "OCaml library %s: two libraries that implement it were asked for, %s and %s; one is allowed"
              .formatted(open, other, name));
    }
  }

  private void visit(String name, List<String> chain) {
    if (order.contains(name) || problems.containsKey(name)) {
      return;
    }
    List<String> path = Stream.concat(chain.stream(), Stream.of(name)).toList();
    if (chain.contains(name)) {
      problems.put(name, "OCaml libraries require each other: " + String.join(" -> ", path));
      return;
    }
    Optional<String> refusal = sysroot.refusal(name);
    if (refusal.isPresent()) {
      problems.put(name, refusal.get() + (chain.isEmpty() ? "" : askedBy(path)));
      return;
    }
    for (String required : sysroot.requires(name)) {
      visit(required, path);
    }
    order.add(name);
    if (sysroot.variant(name).open()) {
      implement(name, path);
    }
  }

  /** The code of a virtual library comes before that of all who use it. */
  private void implement(String open, List<String> path) {
    Optional<String> implementation =
        Optional.ofNullable(chosen.get(open)).or(() -> sysroot.variant(open).standard());
    if (implementation.filter(path::contains).isPresent()) {
      // It was named itself, and comes next.
      return;
    }
    if (implementation.isPresent()) {
      visit(implementation.get(), path);
    } else {
      problems.put(
          open,
          "OCaml library %s: it has no code of its own, name one that implements it%s"
              .formatted(open, choices(sysroot.implementations(open))));
    }
  }

  private static String choices(List<String> names) {
    return names.isEmpty() ? "; none is installed" : ": " + String.join(" or ", names);
  }

  private static String askedBy(List<String> path) {
    return " (asked for by " + String.join(" -> ", path) + ")";
  }
}
