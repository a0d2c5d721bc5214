// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import mirage.config.profile.ProfileReport;
import mirage.config.project.Manifest;
import mirage.config.project.Unikernel;
import mirage.config.run.RunSettings;
import mirage.config.run.Runner;
import mirage.emulator.net.NetworkArguments;
import mirage.emulator.net.NetworkOptions;
import mirage.emulator.profile.CallProfiler;
import mirage.emulator.run.RunOptions;
import mirage.tools.AtomicFiles;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "profile",
    description = {
      "Runs a unikernel, or another program for the chip, and counts its instructions by function.",
      "Prints the functions that take most, and draws all as a flame graph.",
      "What follows -- is given to the program as boot arguments."
    },
    customSynopsis = "mirage profile [OPTION]... [DIR|ELF] [-- ARGUMENT...]",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mirage profile samples/hello",
      "  mirage profile samples/http --publish 8080:80 --timeout 10",
      "  mirage profile -o queens.html queens.elf -- 8",
    })
final class ProfileCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "DIR|ELF",
      description = "The unikernel's folder (the current folder), or a program with symbols.")
  Path given;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Where the flame graph is written (dist/NAME.profile.html, PROGRAM.profile.html).")
  Path output;

  @ArgGroup(validate = false, heading = "%nRunning:%n", order = 5)
  RunOptions how = new RunOptions();

  @ArgGroup(validate = false, heading = "%nNetwork of the emulated chip:%n", order = 6)
  NetworkArguments network = new NetworkArguments();

  @Spec CommandSpec spec;

  @ParentCommand RootCommand root;

  private final List<String> boot;

  ProfileCommand(List<String> boot) {
    this.boot = boot;
  }

  @Override
  public Integer call() {
    Workflow workflow = new Workflow(root);
    Optional<Path> program = workflow.program(given);
    if (program.isPresent()) {
      String name = program.get().getFileName().toString().replaceFirst("\\.elf$", "");
      Path page = root.environment.directory().resolve(name + ".profile.html");
      return profile(workflow, name, program.get(), program.get(), page);
    }
    Unikernel unikernel = workflow.find(given, "an executable (.elf) for the chip");
    Optional<Manifest> built =
        workflow.buildForChip(unikernel, "instructions are counted on the chip");
    if (built.isEmpty()) {
      return 0;
    }
    Manifest manifest = built.get();
    return profile(
        workflow,
        manifest.name(),
        unikernel.result(manifest.name(), manifest.target()),
        unikernel.dist().resolve(manifest.name() + ".elf"),
        unikernel.dist().resolve(manifest.name() + ".profile.html"));
  }

  private int profile(Workflow workflow, String name, Path image, Path symbols, Path otherwise) {
    Path page = output == null ? otherwise : root.environment.directory().resolve(output);
    Terminal terminal = workflow.terminal();
    NetworkOptions around = network.options(spec.commandLine());
    NetworkArguments.checkBoards(spec.commandLine(), around, List.of(name));
    if (workflow.dryRun()) {
      terminal.print("run " + image + "\nwrite " + page + "\n");
      return 0;
    }
    Runner runner = new Runner(root.environment.in(), terminal.out(), terminal.err());
    CallProfiler profiler = Runner.profiler(symbols);
    RunSettings settings =
        new RunSettings(how.in(root.environment.directory()), around, Optional.of(profiler));
    int status = runner.image(image, boot, settings);
    ProfileReport report = new ProfileReport(name, profiler.result());
    AtomicFiles.write(page, report.html());
    terminal.print(report.text());
    terminal.step("drawn in " + page);
    return status;
  }
}
