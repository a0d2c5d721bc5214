// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import mirage.config.survey.Outcome;
import mirage.config.survey.Survey;
import mirage.config.survey.SurveyTable;
import mirage.device.DeviceProvider;
import mirage.device.Target;
import mirage.opam.sysroot.Sysroot;
import mirage.tools.AtomicFiles;
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
  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = "With --check, the libraries meant (all).")
  List<String> names = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "With --check, also write the table as a page to FILE.")
  Path output;

  @ArgGroup Choice choice = new Choice();

  @ParentCommand RootCommand root;

  @Spec CommandSpec spec;

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

    @Option(
        names = "--check",
        description =
            "Link each library with all its modules, start it on the emulated chip, and print"
                + " what works and what does not, and why. For all libraries that takes long.")
    boolean check;
  }

  @Override
  public Integer call() {
    root.apply();
    Terminal terminal = root.environment.terminal();
    if (choice.check) {
      return check(terminal);
    }
    if (!names.isEmpty() || output != null) {
      throw new ParameterException(
          spec.commandLine(), "names of libraries and --output go with --check");
    }
    List<String> arguments = List.of("env");
    if (choice.list) {
      arguments = List.of("list");
    } else if (choice.prefix != null) {
      Path prefix = root.environment.directory().resolve(choice.prefix);
      arguments = List.of("install", "--prefix", prefix.toString());
    }
    return mirage.opam.Main.run(arguments, terminal.out(), terminal.err());
  }

  private int check(Terminal terminal) {
    BuildCache cache = root.environment.cache();
    Sysroot sysroot = Sysroot.of(Target.ESP32, DeviceProvider.ofClassPath(), cache);
    Survey survey = new Survey(sysroot, cache);
    SurveyTable table = new SurveyTable();
    for (String name : names.isEmpty() ? sysroot.names() : names) {
      Outcome outcome = survey.check(name);
      terminal.step(name + ": " + outcome.result());
      table.add(outcome);
    }
    terminal.print(table.text());
    if (output != null) {
      AtomicFiles.write(root.environment.directory().resolve(output), table.html());
    }
    return 0;
  }
}
