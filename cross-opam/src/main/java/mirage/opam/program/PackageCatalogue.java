// SPDX-License-Identifier: Apache-2.0
package mirage.opam.program;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import mirage.opam.packages.DebianPackages;
import mirage.opam.packages.KnownPackages;
import mirage.opam.packages.KnownPackages.Fact;
import mirage.opam.packages.OpamVersion;
import mirage.opam.sysroot.Sysroot;
import mirage.tools.Command;

/** What the opam packages a unikernel declares are here: which libraries, in which version. */
public final class PackageCatalogue {
  private static final String SUFFIX = "-esp32";

  /**
   * A package as declared.
   *
   * @param opam its opam name; with {@code -esp32} behind it the same package is meant
   * @param findlib libraries of it to link; empty: the one of its own name
   * @param min lowest version allowed
   * @param max first version not allowed any more
   * @param build used by config.ml or by the build alone, not linked
   */
  public record Request(
      String opam,
      List<String> findlib,
      Optional<String> min,
      Optional<String> max,
      boolean build) {}

  /**
   * A package as it is here.
   *
   * @param opam its name as declared
   * @param version empty when nothing says it
   * @param libraries findlib names of what is to be linked
   */
  public record Found(String opam, Optional<String> version, List<String> libraries) {}

  /**
   * The answer to a list of requests.
   *
   * @param packages those that can be used, in the order of the requests
   * @param problems one message for each that cannot
   */
  public record Answer(List<Found> packages, List<String> problems) {}

  private final Sysroot sysroot;

  public PackageCatalogue(Sysroot sysroot) {
    this.sysroot = sysroot;
  }

  /**
   * Looks packages up; builds nothing.
   *
   * @param unikernel who asks, for messages
   */
  public Answer find(String unikernel, List<Request> requests) {
    List<Found> packages = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Request request : requests) {
      List<String> own = new ArrayList<>();
      Found found = find(request, own);
      own.forEach(
          problem ->
              problems.add(
                  "package %s, asked for by unikernel %s: %s"
                      .formatted(request.opam(), unikernel, problem)));
      if (own.isEmpty()) {
        packages.add(found);
      }
    }
    return new Answer(List.copyOf(packages), List.copyOf(problems));
  }

  private Found find(Request request, List<String> problems) {
    String name = name(request.opam());
    List<String> libraries = libraries(name, request);
    if (request.build()) {
      return new Found(request.opam(), version(name, libraries), List.of());
    }
    if (KnownPackages.value(Fact.BUILD, name).isEmpty()
        && libraries.stream().noneMatch(sysroot::has)) {
      problems.add(absent(name));
      return new Found(request.opam(), Optional.empty(), List.of());
    }
    problems.addAll(sysroot.problems(libraries));
    Optional<String> version = version(name, libraries);
    version.flatMap(found -> bounds(found, request)).ifPresent(problems::add);
    return new Found(request.opam(), version, libraries);
  }

  /** The package meant: {@code name-esp32} is {@code name} unless it exists itself. */
  private String name(String opam) {
    return opam.endsWith(SUFFIX) && !sysroot.has(opam)
        ? opam.substring(0, opam.length() - SUFFIX.length())
        : opam;
  }

  private List<String> libraries(String name, Request request) {
    List<String> named = request.findlib().stream().map(this::name).toList();
    return named.isEmpty() || named.equals(List.of(name))
        ? KnownPackages.value(Fact.BUILD, name).map(PackageCatalogue::words).orElse(List.of(name))
        : named;
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }

  private Optional<String> version(String name, List<String> libraries) {
    if (name.equals("ocaml")) {
      return Optional.of(Command.of("ocamlc", "-version").run().output().strip());
    }
    if (KnownPackages.value(Fact.BUILD, name).isPresent()) {
      return Optional.empty();
    }
    Set<String> places = new LinkedHashSet<>(List.of(name));
    libraries.forEach(library -> places.add(library.replaceFirst("\\..*", "")));
    return places.stream()
        .filter(sysroot::has)
        .findFirst()
        .flatMap(
            place ->
                sysroot
                    .version(place)
                    .or(
                        () ->
                            Optional.ofNullable(sysroot.distribution().metas().get(place))
                                .flatMap(DebianPackages::version)));
  }

  private static Optional<String> bounds(String found, Request request) {
    OpamVersion version = OpamVersion.of(found);
    boolean allowed =
        request.min().map(OpamVersion::of).filter(min -> version.compareTo(min) < 0).isEmpty()
            && request
                .max()
                .map(OpamVersion::of)
                .filter(max -> version.compareTo(max) >= 0)
                .isEmpty();
    if (allowed) {
      return Optional.empty();
    }
    List<String> bounds = new ArrayList<>();
    request.min().ifPresent(min -> bounds.add(">= " + min));
    request.max().ifPresent(max -> bounds.add("< " + max));
    return Optional.of(
        "version %s is here, %s is asked for".formatted(found, String.join(" and ", bounds)));
  }

  private String absent(String name) {
    Optional<String> known = KnownPackages.absence(name);
    if (known.isPresent()) {
      return "known, but not available here: " + known.get();
    }
    if (DebianPackages.of(name).isPresent()) {
      return DebianPackages.missingLibrary(name);
    }
    List<String> near = nearest(name);
    return "unknown: neither the distribution nor a jar on the class path has it"
        + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?");
  }

  private List<String> nearest(String name) {
    int limit = 1 + name.length() / 4;
    Set<String> names = new LinkedHashSet<>(sysroot.names());
    names.addAll(KnownPackages.names(Fact.DEBIAN));
    return names.stream()
        .filter(candidate -> !candidate.contains("."))
        .filter(candidate -> distance(name, candidate) <= limit)
        .sorted(
            Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .limit(3)
        .collect(Collectors.toList());
  }

  /** How many characters must be added, dropped or changed to make one word the other. */
  static int distance(String left, String right) {
    int[] above = new int[right.length() + 1];
    for (int j = 0; j < above.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int[] row = new int[above.length];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = above[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[right.length()];
  }
}
