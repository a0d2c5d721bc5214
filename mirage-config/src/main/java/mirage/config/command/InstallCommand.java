// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import mirage.device.DeviceProvider;
import mirage.device.Target;
import mirage.opam.install.Installer;
import mirage.opam.sysroot.Installed;
import mirage.opam.sysroot.Sysroot;
import mirage.tools.BuildCache;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "install",
    description = {
      "Builds opam packages for the chip from their sources, with all they need; unikernels and"
          + " ocamlfind use them from then on.",
      "A SOURCE is a folder with opam files, an opam file, or the name of a package (NAME or"
          + " NAME.VERSION) whose source is in mirage/duniverse here or was installed before."
    },
    customSynopsis = "mirage install [OPTION]... SOURCE...",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mirage install ~/src/optint ~/src/digestif",
      "  mirage install digestif.1.1.1",
      "  mirage install --list"
    })
final class InstallCommand implements Callable<Integer> {
  @Parameters(arity = "0..*", paramLabel = "SOURCE", description = "What to install.")
  List<String> sources = List.of();

  @Option(
      names = {"-s", "--sources"},
      paramLabel = "DIR",
      description = "Look for what is needed in the folders of DIR, too; may be repeated.")
  List<Path> around = List.of();

  @ArgGroup Choice choice = new Choice();

  @ParentCommand RootCommand root;

  @Spec CommandSpec spec;

  /** At most one of them. */
  static final class Choice {
    @Option(names = "--list", description = "Print what is installed, do nothing else.")
    boolean list;

    @Option(
        names = "--remove",
        description = "Take the packages named out of use, with those that need them.")
    boolean remove;
  }

  @Override
  public Integer call() {
    root.apply();
    BuildCache cache = root.environment.cache();
    Installed installed = Installed.user(cache);
    if (choice.list) {
      installed.packages().values().stream()
          .map(p -> (p.name() + " " + p.version().orElse("")).strip() + "\n")
          .forEach(root.environment.terminal()::print);
      return 0;
    }
    if (sources.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "what to install is missing");
    }
    List<DeviceProvider> providers = new ArrayList<>();
    ServiceLoader.load(DeviceProvider.class).forEach(providers::add);
    Installer installer =
        new Installer(
            Sysroot.of(Target.ESP32, providers, cache, List.of()),
            cache,
            installed,
            root.environment.terminal()::step);
    if (choice.remove) {
      installer.remove(sources);
    } else {
      installer.install(sources.stream().map(this::resolved).toList(), folders());
    }
    return 0;
  }

  /** A name stays a name; a path starts from the user's folder. */
  private String resolved(String source) {
    Path path = root.environment.directory().resolve(source);
    return source.contains("/") || Files.exists(path) ? path.toString() : source;
  }

  private List<Path> folders() {
    List<Path> folders =
        new ArrayList<>(around.stream().map(root.environment.directory()::resolve).toList());
    folders.add(root.environment.directory().resolve("mirage/duniverse"));
    folders.add(root.environment.directory().resolve("duniverse"));
    return folders;
  }
}
