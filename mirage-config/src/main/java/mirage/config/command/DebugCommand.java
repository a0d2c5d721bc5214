// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import mirage.bindings.link.BackEnd;
import mirage.config.project.Manifest;
import mirage.config.project.SavedConfiguration;
import mirage.config.project.Unikernel;
import mirage.config.run.Runner;
import mirage.debugger.Debugger;
import mirage.emulator.Esp32;
import mirage.emulator.Host;
import mirage.formats.Elf32;
import mirage.formats.FormatException;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "debug",
    description = {
      "Runs a unikernel, or another compiled program, on the emulated chip under a debugger, which reads"
          + " its commands from standard input: 'help' lists them.",
      "The program has to be compiled (--backend native).",
      "What follows -- is given to the program as boot arguments."
    },
    customSynopsis = "mirage debug [DIR|ELF] [-- ARGUMENT...]",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {"  mirage debug samples/hello", "  mirage debug queens.elf < commands"})
final class DebugCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "DIR|ELF",
      description = "The unikernel's folder (the current folder), or a program of mirage native.")
  Path given;

  @ParentCommand RootCommand root;

  private final List<String> boot;

  DebugCommand(List<String> boot) {
    this.boot = boot;
  }

  @Override
  public Integer call() {
    Workflow workflow = new Workflow(root);
    Path directory = root.environment.directory();
    Optional<Path> program = workflow.program(given);
    if (program.isPresent()) {
      Path folder = program.get().toAbsolutePath().getParent();
      debug(workflow, program.get(), Optional.empty(), List.of(directory, folder));
      return 0;
    }
    Unikernel unikernel = workflow.find(given);
    Optional<SavedConfiguration> saved = workflow.savedIfAny(unikernel);
    if (saved.isPresent() && saved.get().backEnd() != BackEnd.NATIVE) {
      throw new MirageException(
          "%s is configured for bytecode; the debugger takes compiled programs: run mirage configure --backend native"
              .formatted(unikernel.sources()));
    }
    Optional<Manifest> built = workflow.buildForChip(unikernel, "the debugger is for the chip");
    if (built.isEmpty()) {
      return 0;
    }
    Manifest manifest = built.get();
    debug(
        workflow,
        unikernel.dist().resolve(manifest.name() + ".elf"),
        Optional.of(unikernel.result(manifest.name(), manifest.target())),
        List.of(unikernel.sources(), unikernel.generated(), directory));
    return 0;
  }

  private void debug(Workflow workflow, Path executable, Optional<Path> image, List<Path> sources) {
    if (workflow.dryRun()) {
      workflow.terminal().print("debug " + executable + "\n");
      return;
    }
    PrintStream out = workflow.terminal().out();
    try {
      String name = executable.toString();
      Elf32 elf = Elf32.read(name, Files.readAllBytes(executable));
      byte[] flash = image.isPresent() ? Runner.flash(image.get(), boot) : Runner.flash(boot);
      Supplier<Esp32> machine =
          () -> {
            Esp32 chip = Esp32.builder().flash(flash).console(out::write).host(Host.NONE).build();
            if (image.isPresent()) {
              chip.boot();
            } else {
              chip.boot(name, elf);
            }
            return chip;
          };
      boolean echo = System.console() == null;
      new Debugger(name, elf, sources, machine, out).obey(root.environment.in(), echo);
    } catch (FormatException e) {
      throw new MirageException(
          executable + " is no program of an ESP32, or it is damaged\n" + e.getMessage(), e);
    } catch (IOException e) {
      throw new MirageException("cannot debug " + executable + ": " + AtomicFiles.reason(e), e);
    }
  }
}
