// SPDX-License-Identifier: Apache-2.0
package mirage.opam.sysroot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import mirage.bindings.CToolchain;
import mirage.bindings.runtime.OcamlSource;
import mirage.bindings.runtime.RuntimeHeaders;
import mirage.device.DeviceProvider;
import mirage.device.OcamlLibrary;
import mirage.device.Target;
import mirage.opam.packages.DebianPackages;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.Fingerprint;
import mirage.tools.MirageException;
import mirage.tools.SourceFolders;
import mirage.tools.Tools;

/**
 * The OCaml libraries a program for one target can be linked with: those carried as sources in jars,
 * and those that are installed. An opam package built for the chip hides a jar's library of the same name,
 * and that the distribution's, each with its parts. A jar's libraries are compiled when they are first asked
 * for. For use by one thread.
 */
public final class Sysroot {
  private final Target target;
  private final Map<String, OcamlLibrary> carried;
  private final Distribution distribution;
  private final JarLibraries builder;
  private final StubArchives archives;
  private final TargetStubs stubs;
  private final Map<String, Fingerprint> keys = new HashMap<>();
  private final Map<String, Library> built = new HashMap<>();
  private final Map<String, Optional<String>> unfit = new HashMap<>();

  private Sysroot(
      Target target,
      Map<String, OcamlLibrary> carried,
      Distribution distribution,
      JarLibraries builder,
      StubArchives archives) {
    this.target = target;
    this.carried = carried;
    this.distribution = distribution;
    this.builder = builder;
    this.archives = archives;
    this.stubs = new TargetStubs(target, distribution, archives);
  }

  /**
   * @param providers whose libraries to offer; those not for the target are left out
   * @throws MirageException when two offer a library of the same name
   */
  public static Sysroot of(
      Target target, Collection<? extends DeviceProvider> providers, BuildCache cache) {
    return of(
        target,
        providers,
        cache,
        target == Target.ESP32 ? Installed.user(cache).packages().values() : List.of());
  }

  /** The same with these packages that were built from sources, in place of those in use. */
  public static Sysroot of(
      Target target,
      Collection<? extends DeviceProvider> providers,
      BuildCache cache,
      Collection<Installed.Package> installed) {
    return of(target, providers, Distribution.host().with(installed), cache);
  }

  private static Sysroot of(
      Target target,
      Collection<? extends DeviceProvider> providers,
      Distribution distribution,
      BuildCache cache) {
    requireCompiler();
    List<OcamlLibrary> libraries =
        providers.stream().flatMap(provider -> provider.libraries().stream()).toList();
    return of(
        target, libraries, distribution, cache, () -> RuntimeHeaders.toolchain(target, cache));
  }

  /** Bytecode, archives and the runtime are of one version, or nothing fits together. */
  private static void requireCompiler() {
    String version = Command.of("ocamlc", "-version").run().output().strip();
    if (!version.equals(OcamlSource.VERSION)) {
      throw new MirageException(
          "%s is version %s, and %s is needed: the Debian package ocaml-nox has it; take other compilers off PATH"
              .formatted(Tools.require("ocamlc"), version, OcamlSource.VERSION));
    }
  }

  /**
   * Of libraries that no provider offers.
   *
   * @param toolchain the target's C compiler, asked for only when there is something to compile
   */
  public static Sysroot of(
      Target target,
      List<OcamlLibrary> libraries,
      Distribution distribution,
      BuildCache cache,
      Supplier<CToolchain> toolchain) {
    Map<String, OcamlLibrary> carried = new TreeMap<>();
    for (OcamlLibrary library : libraries) {
      if (!library.name().matches("[A-Za-z0-9][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+)*")) {
        throw new MirageException(
            "%s offers an OCaml library named %s; letters, digits, _, - and single dots are allowed"
                .formatted(SourceFolders.origin(library.sources()), library.name()));
      }
      if (library.targets().contains(target) && !distribution.isBuilt(library.name())) {
        OcamlLibrary other = carried.putIfAbsent(library.name(), library);
        if (other != null) {
          throw new MirageException(
              "two jars offer the OCaml library %s for %s: %s and %s; take one off the class path"
                  .formatted(
                      library.name(),
                      target.id(),
                      SourceFolders.origin(other.sources()),
                      SourceFolders.origin(library.sources())));
        }
      }
    }
    return new Sysroot(
        target,
        carried,
        distribution.without(carried.keySet()),
        new JarLibraries(cache),
        new StubArchives(cache, toolchain));
  }

  public Target target() {
    return target;
  }

  /** The target's C compiler, for code that OCaml programs are linked with. */
  public CToolchain toolchain() {
    return archives.toolchain().get();
  }

  /** The names of all libraries, usable on the target or not. */
  public SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>(distribution.libraries().keySet());
    names.addAll(carried.keySet());
    return names;
  }

  /** Whether a library of this name exists, usable on the target or not. Builds nothing. */
  public boolean has(String name) {
    return carried.containsKey(name) || distribution.find(name).isPresent();
  }

  /** The version a library says it has, where it says one. Builds nothing. */
  public Optional<String> version(String name) {
    return carried.containsKey(name)
        ? Optional.of(carried.get(name).version())
        : distribution.find(name).flatMap(Library::version);
  }

  /** The names of the libraries that jars carry for the target. */
  SortedSet<String> carried() {
    return new TreeSet<>(carried.keySet());
  }

  /** Those whose sources have a file of this name. */
  public List<String> carrying(String file) {
    return carried.values().stream()
        .filter(library -> SourceFolders.names(library.sources()).contains(file))
        .map(OcamlLibrary::name)
        .toList();
  }

  /** The C code of a distribution's library for the target. */
  List<Path> stubs(Library library) {
    return stubs.archives(library);
  }

  public Distribution distribution() {
    return distribution;
  }

  /**
   * These libraries and all they require, requirements first, each once, compiled and usable.
   *
   * @throws MirageException naming every library that is missing or not usable on the target, with
   *     the chain of libraries that asks for it
   */
  public List<Library> closure(Collection<String> names) {
    List<String> order = order(names);
    List<Library> libraries = new ArrayList<>();
    for (String name : order) {
      libraries.add(library(name));
    }
    return libraries;
  }

  /** Names of these libraries and all they require that can be used. Builds nothing. */
  public List<String> closureNames(Collection<String> names) {
    return new LinkOrder(this, names).names();
  }

  /** Names in link order, after checking all of them; builds nothing. */
  private List<String> order(Collection<String> names) {
    LinkOrder order = new LinkOrder(this, names);
    if (!order.problems().isEmpty()) {
      throw new MirageException(String.join("\n", order.problems()));
    }
    return order.names();
  }

  /** Why the library itself, its requirements left aside, cannot be used; empty when it can. */
  public Optional<String> refusal(String name) {
    if (carried.containsKey(name)) {
      return unfit(name);
    }
    Optional<Library> library = distribution.find(name);
    return library.isEmpty()
        ? distribution
            .unreadable(name)
            .map(reason -> "OCaml library %s: %s".formatted(name, reason))
            .or(() -> Optional.of(DebianPackages.missingLibrary(name)))
        : stubs.refusal(library.get()).or(() -> outdated(library.get()));
  }

  /**
   * A jar's library was written against other libraries than those installed from sources, and may not
   * compile with them: who does not use it shall not notice.
   */
  private Optional<String> unfit(String name) {
    if (requires(name).stream().noneMatch(distribution::isBuilt)) {
      return Optional.empty();
    }
    Optional<String> known = unfit.get(name);
    if (known == null) {
      unfit.put(name, Optional.empty());
      known = failure(name);
      unfit.put(name, known);
    }
    return known;
  }

  private Optional<String> failure(String name) {
    if (!new LinkOrder(this, requires(name)).problems().isEmpty()) {
      return Optional.empty();
    }
    try {
      library(name);
      return Optional.empty();
    } catch (MirageException e) {
      return Optional.of(
          "%s\nIt was compiled with packages that were installed from sources; mirage install --remove takes them out of use"
              .formatted(e.getMessage()));
    }
  }

  /** A library of the distribution does not fit another build of what it was compiled against. */
  private Optional<String> outdated(Library library) {
    return library.origin() != Library.Origin.DISTRIBUTION
        ? Optional.empty()
        : library.requires().stream()
            .filter(distribution::isBuilt)
            .findFirst()
            .map(
                replaced ->
                    "OCaml library %s: the distribution compiled it against its own %s, and %s was installed from sources: install the package of %s from sources, too"
                        .formatted(library.name(), replaced, replaced, library.name()));
  }

  /** Whether the library exists and can be used on the target with all it requires. */
  public boolean usable(String name) {
    return problems(List.of(name)).isEmpty();
  }

  /** Why these libraries, or some they require, cannot be used on the target. Builds nothing. */
  public List<String> problems(Collection<String> names) {
    return new LinkOrder(this, names).problems();
  }

  /**
   * Names of these libraries and of what they require that exist nowhere, or cannot be used on the target themselves. Builds
   * nothing.
   */
  public Set<String> unusable(Collection<String> names) {
    return new LinkOrder(this, names).unusable();
  }

  /** Numbers in a library's bytecode that the target's words do not hold, {@code "Unit value"}. */
  List<String> wideLiterals(Library library) {
    return stubs.wideLiterals(library);
  }

  /** What a library has to do with virtual ones. */
  Variant variant(String name) {
    return carried.containsKey(name)
        ? Variant.NONE
        : distribution.find(name).map(Library::variant).orElse(Variant.NONE);
  }

  /** The libraries that implement a virtual one. */
  List<String> implementations(String name) {
    return distribution.libraries().values().stream()
        .filter(library -> library.variant().implemented().filter(name::equals).isPresent())
        .map(Library::name)
        .toList();
  }

  List<String> requires(String name) {
    return carried.containsKey(name)
        ? carried.get(name).requires()
        : distribution.find(name).orElseThrow().requires();
  }

  private Library library(String name) {
    Library known = built.get(name);
    if (known == null) {
      known = carried.containsKey(name) ? build(carried.get(name)) : adopt(name);
      built.put(name, known);
    }
    return known;
  }

  private Library adopt(String name) {
    Library library = distribution.find(name).orElseThrow();
    return library.withStubs(stubs.archives(library));
  }

  private Library build(OcamlLibrary library) {
    List<Path> includes =
        order(library.requires()).stream()
            .map(required -> library(required).directory())
            .distinct()
            .toList();
    Path directory = builder.bytecode(library, key(library.name()), includes);
    return new Library(
        library.name(),
        Optional.of(library.version()),
        Library.Origin.JAR,
        directory,
        List.of(directory.resolve(library.name() + ".cma")),
        library.requires(),
        stubs(library),
        Optional.empty(),
        Variant.NONE);
  }

  private List<Path> stubs(OcamlLibrary library) {
    SortedMap<String, byte[]> files = StubArchives.files(library.sources());
    return files.keySet().stream().anyMatch(name -> name.endsWith(".c"))
        ? List.of(archives.archive(library.name(), files))
        : List.of();
  }

  /** What a program or library built against this one depends on; builds nothing. */
  public Fingerprint key(String name) {
    Fingerprint known = keys.get(name);
    if (known == null) {
      List<Fingerprint> requirements = requires(name).stream().map(this::key).toList();
      known =
          carried.containsKey(name)
              ? JarLibraries.key(carried.get(name), requirements)
              : distributionKey(distribution.find(name).orElseThrow(), requirements);
      keys.put(name, known);
    }
    return known;
  }

  private static Fingerprint distributionKey(Library library, List<Fingerprint> requirements) {
    Fingerprint.Builder inputs = Fingerprint.builder().text(library.directory().toString());
    library.archives().forEach(inputs::stamp);
    requirements.forEach(inputs::fingerprint);
    return inputs.build();
  }
}
