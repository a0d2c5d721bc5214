// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import mirage.bindings.link.BackEnd;
import mirage.config.project.Manifest;
import mirage.config.project.SavedConfiguration;
import mirage.config.project.Unikernel;
import mirage.config.run.Debuggee;
import mirage.debugger.CommandLine;
import mirage.debugger.DebugSession;
import mirage.debugger.ProgramConsole;
import mirage.debugger.Prompt;
import mirage.debugger.TerminalPrompt;
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
    customSynopsis = "mirage debug [DIR|ELF|IMAGE] [-- ARGUMENT...]",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {"  mirage debug samples/hello", "  mirage debug queens.elf < commands"})
final class DebugCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "DIR|ELF|IMAGE",
      description =
          "The unikernel's folder (the current folder), a program of mirage native, or a flash image beside its executable.")
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
      debug(
          workflow,
          () -> Debuggee.of(program.get()),
          program.get().toString(),
          List.of(directory, folder));
      return 0;
    }
    Unikernel unikernel =
        workflow.find(
            given,
            "an executable (.elf) for the chip or a flash image (.bin) with its own beside it");
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
    Path executable = unikernel.dist().resolve(manifest.name() + ".elf");
    Path image = unikernel.result(manifest.name(), manifest.target());
    debug(
        workflow,
        () -> Debuggee.ofImage(executable, image),
        executable.toString(),
        List.of(unikernel.sources(), unikernel.generated(), directory));
    return 0;
  }

  private void debug(Workflow workflow, Supplier<Debuggee> what, String name, List<Path> sources) {
    if (workflow.dryRun()) {
      workflow.terminal().print("debug " + name + "\n");
      return;
    }
    Debuggee program = what.get();
    DebugSession.Boot machines = program.machines(boot);
    converse(
        workflow.terminal().out(),
        console ->
            new DebugSession(program.file(), program.executable(), sources, machines, console));
  }

  /** Lets the user talk to the session: at a terminal if there is one. */
  private void converse(PrintStream out, Function<ProgramConsole, DebugSession> open) {
    InputStream in = root.environment.in();
    try {
      if (in != System.in || System.console() == null) {
        new CommandLine(open, Prompt.of(in, out), out).obey();
        return;
      }
      try (TerminalPrompt prompt = TerminalPrompt.open(history())) {
        new CommandLine(open, prompt, out).obey();
      }
    } catch (IOException e) {
      throw new MirageException("cannot read commands: " + AtomicFiles.reason(e), e);
    }
  }

  /** The file that keeps commands: {@code $XDG_STATE_HOME}, else {@code ~/.local/state}, and there our folder. */
  private Path history() {
    Map<String, String> variables = root.environment.variables();
    String state = variables.getOrDefault("XDG_STATE_HOME", "");
    Path base =
        state.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(state);
    return base.resolve("mirage-esp32").resolve("debug-history");
  }
}
