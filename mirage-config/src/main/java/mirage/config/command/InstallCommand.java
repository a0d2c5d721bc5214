// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import mirage.opam.install.PrefixInstaller;
import mirage.opam.sysroot.Installed;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin PackageSources packages;

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

    @Option(
        names = "--prefix",
        paramLabel = "DIR",
        description =
            "Build one package into the sysroot that mirage sysroot --prefix made in DIR, where"
                + " what it needs is already; opam calls this.")
    Path prefix;
  }

  @Override
  public Integer call() {
    root.apply();
    Environment environment = root.environment;
    if (choice.list) {
      Installed.user(environment.cache()).packages().values().stream()
          .map(p -> (p.name() + " " + p.version().orElse("")).strip() + "\n")
          .forEach(environment.terminal()::print);
      return 0;
    }
    if (sources.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "what to install is missing");
    }
    if (root.dryRun) {
      sources.forEach(source -> environment.terminal().print("install " + source + "\n"));
      return 0;
    }
    if (choice.prefix != null) {
      Path prefix = environment.directory().resolve(choice.prefix).normalize();
      PrefixInstaller installer =
          new PrefixInstaller(
              PackageSources.sysroot(environment), prefix, environment.terminal()::step);
      sources.forEach(source -> installer.install(environment.directory().resolve(source)));
    } else if (choice.remove) {
      PackageSources.installer(environment).remove(sources);
    } else {
      packages
          .installerOf(environment)
          .install(PackageSources.resolved(environment, sources), packages.folders(environment));
    }
    return 0;
  }
}
