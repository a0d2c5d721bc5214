// SPDX-License-Identifier: Apache-2.0
package mirage.opam.install;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import mirage.bindings.runtime.OcamlSource;
import mirage.device.SourceFolder;
import mirage.opam.packages.KnownPackages;
import mirage.opam.packages.KnownPackages.Fact;
import mirage.opam.packages.OpamVariables;
import mirage.opam.packages.OpamVersion;
import mirage.opam.sysroot.FindlibToolchain;
import mirage.opam.sysroot.Installed;
import mirage.opam.sysroot.Sysroot;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.Fingerprint;
import mirage.tools.MirageException;
import mirage.tools.Tools;

/**
 * Makes opam packages usable for the chip, with all they need. A package is built when its source, its
 * compilers or something it needs has changed, and all that was asked for comes into use at once, or
 * nothing does.
 */
public final class Installer {
  /** This package's classes: what they do is an input of what they build. */
  private static final SourceFolder STEPS =
      new SourceFolder(Installer.class, "mirage/opam/install");

  static final OpamVariables CHIP = OpamVariables.esp32(OcamlSource.VERSION);

  private final Sysroot sysroot;
  private final BuildCache cache;
  private final Installed installed;
  private final Consumer<String> progress;
  private final Function<String, Optional<Path>> elsewhere;

  /**
   * @param sysroot the target's libraries without any that were built from sources
   * @param installed what is in use
   * @param progress gets a line for each step
   */
  public Installer(
      Sysroot sysroot, BuildCache cache, Installed installed, Consumer<String> progress) {
    this(sysroot, cache, installed, progress, word -> Optional.empty());
  }

  private Installer(
      Sysroot sysroot,
      BuildCache cache,
      Installed installed,
      Consumer<String> progress,
      Function<String, Optional<Path>> elsewhere) {
    this.sysroot = sysroot;
    this.cache = cache;
    this.installed = installed;
    this.progress = progress;
    this.elsewhere = elsewhere;
  }

  /** The same, which takes sources that are nowhere near from the user's opam switch. */
  public Installer withOpam() {
    OpamSwitch opam = new OpamSwitch(cache.root().resolve(".sources"), progress);
    return new Installer(sysroot, cache, installed, progress, opam::source);
  }

  /**
   * Installs packages.
   *
   * @param wanted each the folder of a source, an opam file, or a package's {@code NAME[.VERSION]}
   * @param around folders whose folders are sources, looked at for names and for what is needed
   * @throws MirageException when there is no plan, or a build fails; then what was in use before is
   */
  public void install(List<String> wanted, List<Path> around) {
    Tools.require("dune");
    Sources sources = new Sources(elsewhere);
    List<PackageSource> roots = roots(wanted, around, sources);
    Plan plan = plan(sources, roots);
    if (plan.problems().isEmpty()) {
      plan = plan(sources, withDependents(roots, plan, sources));
    }
    Map<String, Installed.Package> built = build(checked(plan));
    installed.change(built.values(), outdated(built));
  }

  /**
   * Installs those of these packages whose sources are near.
   *
   * @param names opam names
   * @param around as for {@link #install}
   * @throws MirageException as {@link #install}
   */
  public void installFound(List<String> names, List<Path> around) {
    Sources sources = new Sources();
    roots(List.of(), around, sources);
    List<String> found = names.stream().filter(name -> sources.find(name).isPresent()).toList();
    if (!found.isEmpty()) {
      install(found, around);
    }
  }

  /**
   * Writes an opam repository of packages for the chip, with all they need that has a source.
   *
   * @param wanted as for {@link #install}; empty: all packages in use
   * @param around as for {@link #install}
   * @throws MirageException when there is no plan, or the directory is something else
   */
  public void repository(Path directory, List<String> wanted, List<Path> around) {
    Sources sources = new Sources(elsewhere);
    List<String> names = wanted.isEmpty() ? List.copyOf(installed.packages().keySet()) : wanted;
    new OpamRepository(directory).write(checked(plan(sources, roots(names, around, sources))));
  }

  private Plan plan(Sources sources, List<PackageSource> roots) {
    return new Resolver(sources, new Surroundings(sysroot), CHIP).plan(roots);
  }

  private Plan checked(Plan plan) {
    List<String> problems = new ArrayList<>(plan.problems());
    plan.steps().forEach(step -> problems.addAll(new Mixture(sysroot, step).problems()));
    if (!problems.isEmpty()) {
      throw new MirageException(String.join("\n", problems));
    }
    return plan;
  }

  /**
   * Takes packages out of use, with those that were built against them.
   *
   * @throws MirageException when one of them is not installed
   */
  public void remove(List<String> names) {
    Map<String, Installed.Package> packages = installed.packages();
    for (String name : names) {
      if (!packages.containsKey(name)) {
        throw new MirageException(
            "package %s: not installed; installed are: %s"
                .formatted(
                    name, packages.isEmpty() ? "none" : String.join(", ", packages.keySet())));
      }
    }
    Set<String> gone = installed.withDependents(names);
    gone.forEach(
        name -> {
          progress.accept("out of use: " + name);
          installed.remove(name);
        });
  }

  /** What was asked for; what is near is known to {@code sources} afterwards. */
  private List<PackageSource> roots(List<String> wanted, List<Path> around, Sources sources) {
    List<String> names = new ArrayList<>();
    Set<PackageSource> roots = new LinkedHashSet<>();
    for (String word : wanted) {
      if (word.contains("/") || word.endsWith(".opam") || AtomicFiles.exists(Path.of(word))) {
        if (!AtomicFiles.exists(Path.of(word))) {
          throw new MirageException(word + ": no such file or directory");
        }
        roots.addAll(sources.give(Path.of(word)));
      } else {
        names.add(word);
      }
    }
    around.forEach(sources::offerEach);
    installed.packages().values().forEach(p -> sources.offer(p.source(), p.name()));
    names.forEach(word -> roots.add(named(word, sources)));
    roots.forEach(sources::prefer);
    return List.copyOf(roots);
  }

  private static PackageSource named(String word, Sources sources) {
    int dot = word.indexOf('.');
    String name = dot < 0 ? word : word.substring(0, dot);
    PackageSource source =
        sources
            .near(name)
            .or(() -> sources.fetch(word))
            .orElseThrow(
                () ->
                    new MirageException(
                        "package %s: no source of it within reach; give its folder, or put it into mirage/duniverse beside config.ml, or let opam find it (--opam)"
                            .formatted(name)));
    if (dot >= 0) {
      OpamVersion version = OpamVersion.of(word.substring(dot + 1));
      if (source.version().filter(found -> found.compareTo(version) != 0).isPresent()) {
        throw new MirageException(
            "package %s: version %s is asked for, the source in %s is %s"
                .formatted(name, version.text(), source.folder(), source.version().get().text()));
      }
    }
    return source;
  }

  /** Packages in use that were built against one that is built now are built again. */
  private List<PackageSource> withDependents(
      List<PackageSource> roots, Plan plan, Sources sources) {
    Set<String> changed = new LinkedHashSet<>();
    plan.steps().forEach(step -> changed.add(step.source().name()));
    Set<PackageSource> all = new LinkedHashSet<>(roots);
    installed.withDependents(changed).stream()
        .filter(name -> !changed.contains(name))
        .forEach(name -> sources.find(name).ifPresent(all::add));
    return List.copyOf(all);
  }

  private Map<String, Installed.Package> build(Plan plan) {
    FindlibToolchain toolchain = new FindlibToolchain(sysroot);
    Fingerprint base = toolchain.key();
    Path place = toolchain.in(cache);
    Map<String, Fingerprint> keys = new HashMap<>();
    Map<String, Installed.Package> built = new LinkedHashMap<>();
    for (Plan.Step step : plan.steps()) {
      PackageSource source = step.source();
      Set<String> below = below(step, built);
      Fingerprint key = key(step, base, keys);
      keys.put(source.name(), key);
      String entryName = "opam-" + source.name();
      boolean isNew = !Files.isDirectory(cache.place(entryName, key));
      progress.accept((isNew ? "building " : "already built: ") + source.title());
      List<Path> packages = below.stream().map(name -> built.get(name).libraries()).toList();
      OpamVariables variables =
          CHIP.withPresent(
              name -> below.contains(name) || new Surroundings(sysroot).isInstalled(name));
      Log log = new Log(source.title(), cache.root().resolve("logs/" + source.name() + ".log"));
      Path entry =
          cache.get(
              entryName,
              key,
              directory ->
                  new PackageBuild(toolchain, place, packages, variables, log)
                      .build(source, directory));
      if (isNew) {
        PackageBuild.sayLeftOut(entry, progress);
      }
      built.put(
          source.name(),
          new Installed.Package(
              source.name(),
              source.version().map(OpamVersion::text),
              entry,
              source.folder(),
              step.requires()));
    }
    return built;
  }

  /** The packages below a step, nearest first, all of them. */
  private static Set<String> below(Plan.Step step, Map<String, Installed.Package> built) {
    Set<String> below = new LinkedHashSet<>(step.requires());
    step.requires().forEach(name -> collect(name, built, below));
    return below;
  }

  private static void collect(
      String name, Map<String, Installed.Package> built, Set<String> below) {
    for (String required : built.get(name).requires()) {
      if (below.add(required)) {
        collect(required, built, below);
      }
    }
  }

  private static Fingerprint key(Plan.Step step, Fingerprint base, Map<String, Fingerprint> keys) {
    PackageSource source = step.source();
    Fingerprint.Builder inputs = Fingerprint.builder().folder(STEPS).fingerprint(base).tool("dune");
    inputs.text(source.name()).text(source.title());
    inputs.text(KnownPackages.value(Fact.C_FLAGS, source.name()).orElse(""));
    Changes.of(source.name()).describe(inputs);
    step.requires().forEach(name -> inputs.text(name).fingerprint(keys.get(name)));
    for (Path file : PackageBuild.sourceFiles(source.folder())) {
      inputs.text(source.folder().relativize(file).toString()).file(file);
    }
    return inputs.build();
  }

  /** Packages in use that were built against another build of one of these, and whose source is gone. */
  private List<String> outdated(Map<String, Installed.Package> built) {
    Map<String, Installed.Package> before = installed.packages();
    List<String> gone = new ArrayList<>();
    for (Installed.Package other : before.values()) {
      boolean changed =
          other.requires().stream()
              .anyMatch(
                  name ->
                      built.containsKey(name)
                          && before.containsKey(name)
                          && !before.get(name).entry().equals(built.get(name).entry()));
      if (changed && !built.containsKey(other.name())) {
        progress.accept(
            "%s: out of use, it was built against an earlier build of what is new now; install it again"
                .formatted(other.name()));
        gone.add(other.name());
      }
    }
    return gone;
  }
}
