// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import mirage.bindings.link.BackEnd;
import mirage.config.action.Action;
import mirage.config.action.Plan;
import mirage.config.build.BuildRecord;
import mirage.config.configure.Configurator;
import mirage.config.configure.DistributionPackages;
import mirage.config.configure.ToolFingerprint;
import mirage.config.graph.KeyOption;
import mirage.config.maven.JarFinder;
import mirage.config.project.Manifest;
import mirage.config.project.SavedConfiguration;
import mirage.config.project.Unikernel;
import mirage.config.report.Reporter;
import mirage.config.resolve.Application;
import mirage.device.Target;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.MirageException;

/** What several commands do: find the unikernel, configure it, build it. */
final class Workflow {
  private final Environment environment;
  private final RootCommand options;

  Workflow(RootCommand options) {
    this.environment = options.environment;
    this.options = options;
    options.apply();
  }

  Terminal terminal() {
    return environment.terminal();
  }

  /** Where names of files start. */
  Path directory() {
    return environment.directory();
  }

  Unikernel find(Path folder) {
    return find(folder, "");
  }

  /**
   * The same for a command that takes more than folders.
   *
   * @param programs the programs it takes
   */
  Unikernel find(Path folder, String programs) {
    return Locator.find(environment, folder, options.file, options.buildDirectory, programs);
  }

  /** A program that is named instead of a unikernel's folder. */
  Optional<Path> program(Path given) {
    return Optional.ofNullable(given)
        .map(environment.directory()::resolve)
        .filter(AtomicFiles::isFile);
  }

  /** Where a unikernel was, or still is: its folder has to be there, its config.ml has not. */
  Unikernel place(Path folder) {
    Locator.folder(environment, folder, "");
    return Locator.place(environment, folder, options.file, options.buildDirectory);
  }

  Configurator configurator() {
    return new Configurator(
        environment.programs(),
        new JarFinder(environment.cache()),
        new DistributionPackages(environment.cache()));
  }

  /** What the command line asks for. */
  SavedConfiguration wanted(
      Unikernel unikernel, KeyedOptions given, Map<String, List<String>> keys, Target otherwise) {
    Target target = given.target(environment).orElse(otherwise);
    return new SavedConfiguration(
        target,
        given.backEnd().orElse(BackEnd.usual(target)),
        given.flash(environment, unikernel),
        given.phy.choice(environment, unikernel),
        keys,
        given.implementations,
        Configurator.fingerprint(unikernel).hex());
  }

  /** Builds for the chip the packages that config.ml names, those whose sources are within reach. */
  void install(Unikernel unikernel, SavedConfiguration wanted) {
    if (wanted.target() != Target.ESP32) {
      throw new MirageException(
          "--install builds packages for the chip, and the target of %s is %s; leave it out, or configure with -t esp32"
              .formatted(unikernel.sources(), wanted.target().id()));
    }
    List<String> names = configurator().packageNames(unikernel, wanted);
    if (options.dryRun) {
      terminal().print("install, where sources are found, %s\n".formatted(String.join(" ", names)));
    } else {
      PackageSources.installer(environment)
          .installFound(names, PackageSources.beside(unikernel.sources()));
    }
  }

  /** Configures; with {@code --dry-run} prints what that would do. */
  Application configure(Unikernel unikernel, SavedConfiguration wanted) {
    return alone(unikernel, () -> configureNow(unikernel, wanted));
  }

  /** While another command configures or builds the same unikernel, this one waits. */
  private <T> T alone(Unikernel unikernel, Supplier<T> work) {
    try (BuildCache.Lock lock = environment.cache().lock(unikernel.buildDirectory())) {
      assert lock != null;
      return work.get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Application configureNow(Unikernel unikernel, SavedConfiguration wanted) {
    Configurator configurator = configurator();
    terminal().detail("configuration: " + unikernel.config());
    terminal().detail("build directory: " + unikernel.buildDirectory());
    Application application = configurator.resolve(unikernel, wanted);
    carryOut(configurator.plan(unikernel, wanted, application, line(wanted)));
    return application;
  }

  /** The command that configures a unikernel this way. */
  private static String line(SavedConfiguration wanted) {
    StringBuilder line = new StringBuilder("mirage configure -t " + wanted.target().id());
    wanted
        .keys()
        .forEach(
            (name, values) -> {
              String option = KeyOption.dashed(name);
              if (values.isEmpty()) {
                line.append(' ').append(option);
              }
              values.forEach(value -> line.append(' ').append(option).append(' ').append(value));
            });
    wanted
        .implementations()
        .forEach((k, n) -> line.append(" --impl ").append(k).append('=').append(n));
    if (wanted.backEnd() != BackEnd.usual(wanted.target())) {
      line.append(" --backend ").append(wanted.backEnd().id());
    }
    wanted.flash().size().ifPresent(size -> line.append(" --flash-size ").append(size));
    wanted.flash().partitions().ifPresent(file -> line.append(" --partitions ").append(file));
    wanted.phy().name().ifPresent(file -> line.append(" --phy ").append(file));
    return line.toString();
  }

  /**
   * Builds a configured unikernel if anything has changed since its last build; configures it again
   * first if its config.ml or the tool has.
   */
  Manifest build(Unikernel unikernel) {
    return alone(unikernel, () -> buildNow(unikernel));
  }

  /**
   * Builds for a command about the chip; configures first if that was never done.
   *
   * @param why the command needs the chip, for the message
   * @return empty if nothing is configured yet, and {@code --dry-run} keeps it so
   */
  Optional<Manifest> buildForChip(Unikernel unikernel, String why) {
    if (!unikernel.configured()) {
      configureFirst(unikernel, wanted(unikernel, new KeyedOptions(), Map.of(), Target.ESP32));
      if (options.dryRun) {
        return Optional.empty();
      }
    }
    Manifest manifest = build(unikernel);
    if (manifest.target() != Target.ESP32) {
      throw new MirageException(
          "%s is configured for %s; %s: run mirage configure -t esp32"
              .formatted(manifest.name(), manifest.target().id(), why));
    }
    return Optional.of(manifest);
  }

  /** Configures on the way to something else. */
  void configureFirst(Unikernel unikernel, SavedConfiguration wanted) {
    terminal().step("configuring for " + wanted.target().id());
    configure(unikernel, wanted);
  }

  private Manifest buildNow(Unikernel unikernel) {
    SavedConfiguration saved = saved(unikernel);
    String now = Configurator.fingerprint(unikernel).hex();
    if (!saved.fingerprint().equals(now)) {
      terminal().step("config.ml or the tool has changed: configuring again");
      configureNow(unikernel, saved.asOf(now));
      if (options.dryRun) {
        terminal().print("build " + unikernel.dist() + "\n");
        return Manifest.read(unikernel.manifest());
      }
    }
    Manifest manifest = Manifest.read(unikernel.manifest());
    String fingerprint =
        BuildRecord.fingerprint(unikernel, ToolFingerprint.own().hex(), environment.cache());
    if (BuildRecord.read(unikernel).holds(fingerprint)) {
      terminal().detail("nothing has changed since the last build");
    } else {
      carryOut(buildPlan(unikernel, manifest, fingerprint));
    }
    return manifest;
  }

  private Plan buildPlan(Unikernel unikernel, Manifest manifest, String fingerprint) {
    return new Plan(
        List.of(
            configurator().buildHooks(unikernel, saved(unikernel), manifest),
            new Action.Run(
                "build " + unikernel.dist(),
                () -> {
                  try {
                    environment.builder().build(unikernel, fingerprint, reporter(unikernel));
                  } catch (MirageException e) {
                    throw new MirageException(
                        environment.inUserTerms(e.getMessage(), unikernel), e);
                  }
                })));
  }

  /** Prints the build's messages with files named as the user names them. */
  private Reporter reporter(Unikernel unikernel) {
    Terminal terminal = terminal();
    return new Reporter() {
      @Override
      public void step(String line) {
        terminal.step(line);
      }

      @Override
      public void detail(String line) {
        terminal.detail(line);
      }

      @Override
      public void warning(String text) {
        terminal.warning(environment.inUserTerms(text, unikernel));
      }
    };
  }

  /** The saved configuration. */
  SavedConfiguration saved(Unikernel unikernel) {
    if (!unikernel.configured()) {
      throw new MirageException(
          "%s is not configured; run mirage configure -t esp32".formatted(unikernel.sources()));
    }
    return SavedConfiguration.read(unikernel.savedConfiguration());
  }

  Optional<SavedConfiguration> savedIfAny(Unikernel unikernel) {
    return unikernel.configured()
        ? Optional.of(SavedConfiguration.read(unikernel.savedConfiguration()))
        : Optional.empty();
  }

  boolean dryRun() {
    return options.dryRun;
  }

  void carryOut(Plan plan) {
    if (options.dryRun) {
      plan.print(line -> terminal().print(line + "\n"));
    } else {
      plan.execute();
    }
  }
}
