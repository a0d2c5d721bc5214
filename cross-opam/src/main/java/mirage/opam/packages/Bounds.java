// SPDX-License-Identifier: Apache-2.0
package mirage.opam.packages;

import java.util.List;
import java.util.Optional;
import mirage.opam.packages.OpamValue.Group;
import mirage.opam.packages.OpamValue.Infix;
import mirage.opam.packages.OpamValue.Prefix;

/** What a version must satisfy. */
public sealed interface Bounds {
  /** Every version does. */
  Bounds NONE = new Always();

  /** Whether a version is allowed. */
  boolean allow(OpamVersion version);

  /** No bounds. */
  record Always() implements Bounds {
    @Override
    public boolean allow(OpamVersion version) {
      return true;
    }

    @Override
    public String toString() {
      return "";
    }
  }

  /** One comparison. */
  record Compared(String operator, OpamVersion version) implements Bounds {
    @Override
    public boolean allow(OpamVersion other) {
      return Comparison.holds(other, operator, version);
    }

    @Override
    public String toString() {
      return operator + " " + version.text();
    }
  }

  /** Both. */
  record And(Bounds left, Bounds right) implements Bounds {
    @Override
    public boolean allow(OpamVersion version) {
      return left.allow(version) && right.allow(version);
    }

    @Override
    public String toString() {
      return left + " & " + right;
    }
  }

  /** One of both. */
  record Or(Bounds left, Bounds right) implements Bounds {
    @Override
    public boolean allow(OpamVersion version) {
      return left.allow(version) || right.allow(version);
    }

    @Override
    public String toString() {
      return "(" + left + " | " + right + ")";
    }
  }

  /** Not that. */
  record Not(Bounds inner) implements Bounds {
    @Override
    public boolean allow(OpamVersion version) {
      return !inner.allow(version);
    }

    @Override
    public String toString() {
      return "!(" + inner + ")";
    }
  }

  /**
   * The bounds in a package's conditions, which mix comparisons with filters on the target.
   *
   * @return empty when a filter says that the package is not meant here
   */
  static Optional<Bounds> of(List<OpamValue> conditions, OpamVariables variables) {
    Optional<Bounds> bounds = Optional.of(NONE);
    for (OpamValue condition : conditions) {
      bounds = both(bounds, read(condition, variables));
    }
    return bounds;
  }

  private static Optional<Bounds> read(OpamValue condition, OpamVariables variables) {
    if (condition instanceof Prefix prefix && !prefix.operator().equals("?")) {
      if (prefix.operator().equals("!")) {
        Optional<Bounds> inner = read(prefix.value(), variables);
        return inner.isPresent() && !(inner.get() instanceof Always)
            ? inner.map(Not::new)
            : filter(condition, variables);
      }
      return variables
          .evaluate(prefix.value())
          .map(version -> new Compared(prefix.operator(), OpamVersion.of(version)));
    } else if (condition instanceof Infix infix && infix.operator().equals("&")) {
      return both(read(infix.left(), variables), read(infix.right(), variables));
    } else if (condition instanceof Infix infix && infix.operator().equals("|")) {
      return either(read(infix.left(), variables), read(infix.right(), variables));
    } else if (condition instanceof Group group) {
      return of(group.values(), variables);
    }
    return filter(condition, variables);
  }

  private static Optional<Bounds> filter(OpamValue condition, OpamVariables variables) {
    return variables.holds(List.of(condition)) ? Optional.of(NONE) : Optional.empty();
  }

  private static Optional<Bounds> both(Optional<Bounds> left, Optional<Bounds> right) {
    if (left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    if (left.get() instanceof Always) {
      return right;
    }
    return right.get() instanceof Always ? left : Optional.of(new And(left.get(), right.get()));
  }

  private static Optional<Bounds> either(Optional<Bounds> left, Optional<Bounds> right) {
    if (left.isEmpty()) {
      return right;
    }
    if (right.isEmpty() || left.get() instanceof Always) {
      return left;
    }
    return right.get() instanceof Always ? right : Optional.of(new Or(left.get(), right.get()));
  }
}
