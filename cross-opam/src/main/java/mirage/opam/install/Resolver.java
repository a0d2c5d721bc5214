// SPDX-License-Identifier: Apache-2.0
package mirage.opam.install;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mirage.opam.packages.DebianPackages;
import mirage.opam.packages.OpamVariables;
import mirage.opam.packages.OpamVersion;
import mirage.opam.packages.Requirement;

/** Finds what packages need, and the order to build it in. */
final class Resolver {
  private final Sources sources;
  private final Surroundings surroundings;
  private final OpamVariables variables;
  private final Map<String, Plan.Step> steps = new LinkedHashMap<>();
  private final Set<String> failed = new LinkedHashSet<>();
  private final List<String> problems = new ArrayList<>();

  Resolver(Sources sources, Surroundings surroundings, OpamVariables variables) {
    this.sources = sources;
    this.surroundings = surroundings;
    this.variables =
        variables.withPresent(
            name -> surroundings.isInstalled(name) || sources.near(name).isPresent());
  }

  /** The plan for these packages. */
  Plan plan(List<PackageSource> wanted) {
    for (PackageSource source : wanted) {
      build(source, List.of());
    }
    steps.values().forEach(step -> conflicts(step.source()));
    return new Plan(List.copyOf(steps.values()), List.copyOf(problems));
  }

  private boolean build(PackageSource source, List<String> chain) {
    String name = source.name();
    if (steps.containsKey(name) || failed.contains(name)) {
      return steps.containsKey(name);
    }
    List<String> path = Stream.concat(chain.stream(), Stream.of(name)).toList();
    if (chain.contains(name)) {
      return fail(name, "packages need each other: " + String.join(" -> ", path));
    }
    if (!source.opam().isAvailable(variables)) {
      return fail(
          name,
          "package %s says that it is not available for os esp32, architecture xtensa (%s: available)%s"
              .formatted(source.title(), source.opam().place(), neededBy(chain)));
    }
    Needs needs = new Needs(new LinkedHashSet<>(), new LinkedHashSet<>());
    OpamVariables own = source.variables(variables);
    boolean satisfied = satisfy(source.opam().requirement("depends", own), path, needs);
    optional(source.opam().requirement("depopts", own), path, needs);
    if (satisfied) {
      steps.put(
          name,
          new Plan.Step(source, List.copyOf(needs.packages()), List.copyOf(needs.libraries())));
    } else {
      failed.add(name);
    }
    return satisfied;
  }

  private record Needs(Set<String> packages, Set<String> libraries) {}

  private boolean fail(String name, String problem) {
    failed.add(name);
    problems.add(problem);
    return false;
  }

  private static String neededBy(List<String> chain) {
    return chain.isEmpty() ? "" : ", needed by " + String.join(" -> ", chain);
  }

  private boolean satisfy(Requirement requirement, List<String> path, Needs needs) {
    if (requirement instanceof Requirement.All all) {
      boolean satisfied = true;
      for (Requirement part : all.parts()) {
        satisfied &= satisfy(part, path, needs);
      }
      return satisfied;
    } else if (requirement instanceof Requirement.Any any) {
      Requirement first =
          any.parts().stream()
              .filter(part -> problem(part).isEmpty())
              .findFirst()
              .orElse(any.parts().get(0));
      return satisfy(first, path, needs);
    }
    Requirement.One one = (Requirement.One) requirement;
    Optional<String> problem = problem(one);
    if (problem.isPresent()) {
      problems.add("package %s: %s".formatted(String.join(" -> ", path), problem.get()));
      return false;
    }
    return take(one, path, needs);
  }

  /** Adds a package that is there in an allowed version. */
  private boolean take(Requirement.One one, List<String> path, Needs needs) {
    Optional<PackageSource> source = source(one);
    if (source.isPresent()) {
      needs.packages().add(one.name());
      return build(source.get(), path);
    }
    surroundings.library(one.name()).ifPresent(needs.libraries()::add);
    return true;
  }

  /** What is needed while building comes from this machine. */
  private Optional<PackageSource> source(Requirement.One one) {
    if (one.build()) {
      return Optional.empty();
    }
    boolean isHere =
        surroundings.has(one.name())
            && surroundings.version(one.name()).filter(v -> !one.bounds().allow(v)).isEmpty();
    return isHere ? sources.find(one.name()) : sources.any(one.name());
  }

  private void optional(Requirement requirement, List<String> path, Needs needs) {
    if (requirement instanceof Requirement.All all) {
      all.parts().forEach(part -> optional(part, path, needs));
    } else if (requirement instanceof Requirement.Any any) {
      any.parts().forEach(part -> optional(part, path, needs));
    } else if (requirement instanceof Requirement.One one
        && (surroundings.has(one.name()) || sources.near(one.name()).isPresent())
        && problem(one).isEmpty()
        && !path.contains(one.name())) {
      take(one, path, needs);
    }
  }

  /** Why a requirement cannot be met; what its packages need themselves is not looked at. */
  private Optional<String> problem(Requirement requirement) {
    if (requirement instanceof Requirement.All all) {
      return all.parts().stream().flatMap(part -> problem(part).stream()).findFirst();
    } else if (requirement instanceof Requirement.Any any) {
      List<String> all = any.parts().stream().flatMap(part -> problem(part).stream()).toList();
      return all.size() < any.parts().size()
          ? Optional.empty()
          : Optional.of(String.join("; or ", all));
    }
    Requirement.One one = (Requirement.One) requirement;
    Optional<PackageSource> source = source(one);
    if (source.isPresent()) {
      return source
          .get()
          .version()
          .flatMap(v -> outOfBounds(one, v, "the source in " + source.get().folder() + " is"));
    }
    if (!surroundings.has(one.name()) && !(one.build() && surroundings.hasProgram(one.name()))) {
      return Optional.of(absent(one));
    }
    return surroundings.version(one.name()).flatMap(v -> outOfBounds(one, v, "here is"));
  }

  private static Optional<String> outOfBounds(
      Requirement.One one, OpamVersion version, String where) {
    return one.bounds().allow(version)
        ? Optional.empty()
        : Optional.of(
            "%s %s is asked for, %s %s".formatted(one.name(), one.bounds(), where, version.text()));
  }

  private String absent(Requirement.One one) {
    String name = one.name();
    return "%s is needed, and nothing within reach has it; give the folder of its source%s"
        .formatted(
            one,
            DebianPackages.of(name)
                .map(debian -> " or install the Debian package " + debian)
                .orElse(""));
  }

  private void conflicts(PackageSource source) {
    for (Requirement.One one :
        ones(source.opam().requirement("conflicts", source.variables(variables)))) {
      Optional<OpamVersion> version =
          steps.containsKey(one.name())
              ? steps.get(one.name()).source().version()
              : surroundings.has(one.name()) ? surroundings.version(one.name()) : Optional.empty();
      if (version.isPresent() && one.bounds().allow(version.get())) {
        problems.add(
            "package %s does not go together with %s, and %s.%s is here"
                .formatted(source.title(), one, one.name(), version.get().text()));
      }
    }
  }

  /** All packages that a requirement names. */
  static List<Requirement.One> ones(Requirement requirement) {
    if (requirement instanceof Requirement.One one) {
      return List.of(one);
    }
    List<Requirement> parts =
        requirement instanceof Requirement.All all
            ? all.parts()
            : ((Requirement.Any) requirement).parts();
    return parts.stream().flatMap(part -> ones(part).stream()).collect(Collectors.toList());
  }
}
