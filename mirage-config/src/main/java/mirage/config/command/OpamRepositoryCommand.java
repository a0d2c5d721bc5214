// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "opam-repository",
    description = {
      "Writes an opam repository of packages for the chip, NAME-esp32 for each NAME, with all they"
          + " need, and of the compilers, ocaml-esp32.",
      "Without a SOURCE the packages that mirage install has installed are meant."
    },
    customSynopsis = "mirage opam-repository [OPTION]... DIR [SOURCE]...",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mirage opam-repository ~/esp32-repository ~/src/optint ~/src/digestif",
      "  opam repository add esp32 ~/esp32-repository && opam install digestif-esp32"
    })
final class OpamRepositoryCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "Where to write it.")
  Path directory;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "SOURCE",
      description = "As for mirage install.")
  List<String> sources = List.of();

  @Mixin PackageSources packages;

  @ParentCommand RootCommand root;

  @Override
  public Integer call() {
    root.apply();
    Path place = root.environment.directory().resolve(directory).normalize();
    if (root.dryRun) {
      root.environment.terminal().print("write " + place + "\n");
      return 0;
    }
    packages
        .installerOf(root.environment)
        .repository(
            place,
            PackageSources.resolved(root.environment, sources),
            packages.folders(root.environment));
    return 0;
  }
}
