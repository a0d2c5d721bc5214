// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "sysroot",
    description =
        "Makes the OCaml libraries for the chip usable from a shell, without a unikernel;"
            + " prints the line that a shell has to evaluate.",
    customSynopsis = "mirage sysroot [OPTION]...",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mirage sysroot --list",
      "  eval \"$(mirage sysroot)\"",
      "  ocamlfind -toolchain esp32 ocamlc -package lwt,logs -linkpkg a.ml -o a.byte"
    })
final class SysrootCommand implements Callable<Integer> {
  @ArgGroup Choice choice = new Choice();

  @ParentCommand RootCommand root;

  /** At most one of them. */
  static final class Choice {
    @Option(
        names = "--prefix",
        paramLabel = "DIR",
        description = "Write them to DIR, where they stay (the build cache).")
    Path prefix;

    @Option(
        names = "--list",
        description = "Print the libraries that can be used, do nothing else.")
    boolean list;
  }

  @Override
  public Integer call() {
    Terminal terminal = root.environment.terminal();
    List<String> arguments = List.of("env");
    if (choice.list) {
      arguments = List.of("list");
    } else if (choice.prefix != null) {
      Path prefix = root.environment.directory().resolve(choice.prefix);
      arguments = List.of("install", "--prefix", prefix.toString());
    }
    return mirage.opam.Main.run(arguments, terminal.out(), terminal.err());
  }
}
