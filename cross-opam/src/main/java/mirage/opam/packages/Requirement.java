// SPDX-License-Identifier: Apache-2.0
package mirage.opam.packages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import mirage.opam.packages.OpamValue.Conditional;
import mirage.opam.packages.OpamValue.Group;
import mirage.opam.packages.OpamValue.Infix;
import mirage.opam.packages.OpamValue.Name;
import mirage.opam.packages.OpamValue.Prefix;
import mirage.opam.packages.OpamValue.Sequence;
import mirage.opam.packages.OpamValue.Text;

/** What a package needs, its conditions on the target already decided. */
public sealed interface Requirement {
  /**
   * One package.
   *
   * @param name its opam name
   * @param bounds what its version must satisfy
   * @param build needed on this machine while building, not by programs
   */
  record One(String name, Bounds bounds, boolean build) implements Requirement {
    @Override
    public String toString() {
      return (name + " " + bounds).strip();
    }
  }

  /** All of these. */
  record All(List<Requirement> parts) implements Requirement {
    @Override
    public String toString() {
      return parts.stream().map(Object::toString).collect(Collectors.joining(" & "));
    }
  }

  /** One of these; the first that can be satisfied is preferred. */
  record Any(List<Requirement> parts) implements Requirement {
    @Override
    public String toString() {
      return parts.stream().map(Object::toString).collect(Collectors.joining(" or "));
    }
  }

  /** A field such as {@code depends}; its parts are all needed. */
  static Requirement of(Optional<OpamValue> field, OpamVariables variables) {
    return field.flatMap(value -> read(value, variables)).orElse(new All(List.of()));
  }

  /** Empty: a condition says that it is not needed on the target. */
  private static Optional<Requirement> read(OpamValue value, OpamVariables variables) {
    if (value instanceof Sequence sequence) {
      return Optional.of(all(sequence.values(), variables));
    } else if (value instanceof Group group) {
      return Optional.of(all(group.values(), variables));
    } else if (value instanceof Text text) {
      return Optional.of(new One(text.value(), Bounds.NONE, false));
    } else if (value instanceof Conditional conditional
        && conditional.value() instanceof Text name) {
      boolean build = conditional.conditions().stream().anyMatch(Requirement::saysBuild);
      return Bounds.of(conditional.conditions(), variables)
          .map(bounds -> new One(name.value(), bounds, build));
    } else if (value instanceof Conditional conditional) {
      return variables.holds(conditional.conditions())
          ? read(conditional.value(), variables)
          : Optional.empty();
    } else if (value instanceof Infix infix && infix.operator().equals("|")) {
      List<Requirement> parts = new ArrayList<>();
      read(infix.left(), variables).ifPresent(parts::add);
      read(infix.right(), variables).ifPresent(parts::add);
      return parts.isEmpty() ? Optional.empty() : Optional.of(new Any(List.copyOf(parts)));
    } else if (value instanceof Infix infix && infix.operator().equals("&")) {
      return Optional.of(all(List.of(infix.left(), infix.right()), variables));
    }
    return Optional.empty();
  }

  private static Requirement all(List<OpamValue> values, OpamVariables variables) {
    return new All(values.stream().flatMap(v -> read(v, variables).stream()).toList());
  }

  private static boolean saysBuild(OpamValue condition) {
    if (condition instanceof Name name) {
      return name.value().equals("build");
    } else if (condition instanceof Infix infix && infix.operator().equals("&")) {
      return saysBuild(infix.left()) || saysBuild(infix.right());
    } else if (condition instanceof Prefix) {
      return false;
    }
    return condition instanceof Group group
        && group.values().stream().anyMatch(Requirement::saysBuild);
  }
}
