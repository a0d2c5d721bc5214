// SPDX-License-Identifier: Apache-2.0
package mirage.config.configure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import mirage.config.action.Action;
import mirage.config.action.Plan;
import mirage.config.generate.DeviceCheckMl;
import mirage.config.generate.InfoGenMl;
import mirage.config.generate.KeyGenMl;
import mirage.config.generate.MainMl;
import mirage.config.generate.Pom;
import mirage.config.graph.ConfigClient;
import mirage.config.graph.ConfigRequest;
import mirage.config.graph.Graph;
import mirage.config.graph.PackageRequest;
import mirage.config.graph.Problem;
import mirage.config.maven.JarFinder;
import mirage.config.project.Manifest;
import mirage.config.project.SavedConfiguration;
import mirage.config.project.Unikernel;
import mirage.config.resolve.Application;
import mirage.config.resolve.Catalog;
import mirage.config.resolve.Device;
import mirage.config.resolve.Providers;
import mirage.config.resolve.Resolver;
import mirage.config.resolve.Resolver.Resolution;
import mirage.config.resolve.UserProblems;
import mirage.tools.Fingerprint;

/** Evaluates a config.ml for given keys, makes every choice, and plans the generated project. */
public final class Configurator {
  private final ConfigPrograms programs;
  private final JarFinder jars;
  private final Packages packages;

  public Configurator(ConfigPrograms programs, JarFinder jars, Packages packages) {
    this.programs = programs;
    this.jars = jars;
    this.packages = packages;
  }

  /** The identity of what a configuration comes from, beside what the user typed. */
  public static Fingerprint fingerprint(Unikernel unikernel) {
    return Fingerprint.builder()
        .file(unikernel.config())
        .fingerprint(ToolFingerprint.own())
        .build();
  }

  /** The compiled config.ml. */
  public ConfigClient client(Unikernel unikernel) {
    return new ConfigClient(programs.compile(unikernel.config()));
  }

  /** The opam packages that a config.ml names, and that are linked. */
  public List<String> packageNames(Unikernel unikernel, SavedConfiguration wanted) {
    Graph graph = client(unikernel).graph(request(unikernel, wanted));
    UserProblems.report(graph.errors());
    return graph.packages().stream()
        .filter(declared -> !declared.build())
        .map(PackageRequest::opam)
        .distinct()
        .toList();
  }

  /**
   * Evaluates and resolves; writes nothing.
   *
   * @throws UserProblems naming every problem found
   */
  public Application resolve(Unikernel unikernel, SavedConfiguration wanted) {
    Graph graph = client(unikernel).graph(request(unikernel, wanted));
    UserProblems.report(graph.errors());
    Catalog catalog = catalog(graph.jars());
    Packages.Reach reach = packages.within(catalog, wanted.target());
    List<Problem> problems = new ArrayList<>();
    Resolution resolution =
        Resolver.resolve(
            catalog, wanted.target(), wanted.implementations(), reach::has, graph, problems);
    Packages.Found found = reach.find(graph.name(), graph.packages(), problems);
    UserProblems.report(problems);
    return new Application(
        graph.name(),
        wanted.target(),
        resolution.devices(),
        resolution.init(),
        resolution.jobs(),
        graph.keys(),
        found.packages(),
        libraries(catalog, resolution, found),
        graph.jars(),
        signatures(catalog, resolution));
  }

  /** All that the tool's jars and these jars offer. */
  public Catalog catalog(List<String> coordinates) {
    return Providers.load(Configurator.class.getClassLoader(), jars.find(coordinates));
  }

  /** Writes the generated project and runs the unikernel's own configure hooks. */
  public Plan plan(
      Unikernel unikernel, SavedConfiguration wanted, Application application, String command) {
    // A mistake in a file that the user gives is told now, not after the build.
    wanted.flash().plan(unikernel.sources());
    wanted.phy().check(wanted.target(), application.libraries(), unikernel.sources());
    List<Action> actions = new ArrayList<>();
    actions.add(new Action.MakeFolder(unikernel.generated()));
    actions.add(configureHooks(unikernel, wanted, application));
    SortedMap<Path, String> texts = texts(unikernel, application, command);
    texts.put(
        unikernel.manifest(),
        Manifest.text(application, wanted.backEnd(), wanted.flash(), wanted.phy(), command));
    texts.put(unikernel.savedConfiguration(), wanted.text(command));
    actions.add(new Action.WriteFiles(texts));
    return new Plan(actions);
  }

  /** Runs the build hooks of the unikernel's own devices. */
  public Action buildHooks(Unikernel unikernel, SavedConfiguration saved, Manifest manifest) {
    return hook(
        ConfigClient.Hook.BUILD,
        unikernel,
        saved,
        new ConfigClient.Info(manifest.name(), manifest.libraries(), manifest.packages()));
  }

  /** Runs the clean hooks of the unikernel's own devices. */
  public Action cleanHooks(Unikernel unikernel, SavedConfiguration saved, Manifest manifest) {
    return hook(
        ConfigClient.Hook.CLEAN,
        unikernel,
        saved,
        new ConfigClient.Info(manifest.name(), manifest.libraries(), manifest.packages()));
  }

  private Action configureHooks(
      Unikernel unikernel, SavedConfiguration wanted, Application application) {
    Map<String, String> versions = new TreeMap<>();
    application.packages().forEach(found -> versions.put(found.opam(), found.version()));
    return hook(
        ConfigClient.Hook.CONFIGURE,
        unikernel,
        wanted,
        new ConfigClient.Info(application.name(), application.libraries(), versions));
  }

  private Action hook(
      ConfigClient.Hook hook,
      Unikernel unikernel,
      SavedConfiguration wanted,
      ConfigClient.Info info) {
    return new Action.Run(
        "run the %s hooks of %s".formatted(hook.id(), unikernel.config()),
        () -> UserProblems.report(client(unikernel).hook(hook, request(unikernel, wanted), info)));
  }

  private static SortedMap<Path, String> texts(
      Unikernel unikernel, Application application, String command) {
    Path folder = unikernel.generated();
    SortedMap<Path, String> texts = new TreeMap<>();
    texts.put(folder.resolve("main.ml"), MainMl.text(application, command));
    texts.put(folder.resolve("key_gen.ml"), KeyGenMl.text(application, command));
    texts.put(folder.resolve("info_gen.ml"), InfoGenMl.text(application, command));
    texts.put(folder.resolve("device_check.ml"), DeviceCheckMl.text(application, command));
    texts.put(unikernel.pom(), Pom.text(application, config(unikernel), command));
    return texts;
  }

  /** config.ml as seen from the generated project. */
  private static String config(Unikernel unikernel) {
    return unikernel.generated().relativize(unikernel.config()).toString();
  }

  private static ConfigRequest request(Unikernel unikernel, SavedConfiguration wanted) {
    return new ConfigRequest(wanted.target(), unikernel.buildDirectory(), wanted.keys());
  }

  private static List<String> libraries(
      Catalog catalog, Resolution resolution, Packages.Found found) {
    SortedSet<String> libraries = new TreeSet<>(found.libraries());
    for (Device device : resolution.devices()) {
      device.implementation().ifPresent(offer -> libraries.addAll(offer.item().libraries()));
      device.kind().flatMap(catalog::kind).ifPresent(kind -> libraries.add(kind.library()));
    }
    return List.copyOf(libraries);
  }

  private static Map<String, String> signatures(Catalog catalog, Resolution resolution) {
    Map<String, String> signatures = new TreeMap<>();
    for (Device device : resolution.devices()) {
      device
          .kind()
          .flatMap(catalog::kind)
          .ifPresent(kind -> signatures.put(kind.name(), kind.signature()));
    }
    return signatures;
  }
}
