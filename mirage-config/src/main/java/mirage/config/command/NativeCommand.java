// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mirage.backend.Compiler;
import mirage.backend.Dump;
import mirage.backend.Observer;
import mirage.backend.Statistics;
import mirage.bindings.link.NativeCompiler;
import mirage.device.DeviceProvider;
import mirage.device.Target;
import mirage.opam.sysroot.Sysroot;
import mirage.tools.MirageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "native",
    description = {
      "Compiles any OCaml bytecode program to code for the chip, without a unikernel around it.",
      "The output's ending tells what is made: .s assembly text, .o an object, .elf a bootable"
          + " program, .bin its flash image."
    },
    customSynopsis = "mirage native [OPTION]... PROGRAM [FILE.c|FILE.S|FILE.o|FILE.a]...",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mirage native queens.byte && mirage run queens.elf",
      "  mirage native -o queens.s queens.byte",
      "  mirage native -o blink.bin blink.byte stubs.c",
      "  mirage native -p str,cstruct parse.byte",
      "  mirage native --dump inline --dump-function solve queens.byte"
    })
final class NativeCommand implements Callable<Integer> {
  private static final String DUMP = "--dump";

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PROGRAM",
      description = "A bytecode executable made by ocamlc.")
  Path program;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "FILE",
      description = "C, assembly, objects and static libraries with the program's C functions.")
  List<Path> files = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "What to write (PROGRAM.elf in the current folder; nothing with --dump).")
  Path output;

  @Option(
      names = {"-p", "--package"},
      paramLabel = "NAME",
      split = ",",
      description =
          "Link the C code of this OCaml library (findlib name) for the chip; may be repeated.")
  List<String> packages = List.of();

  @Option(
      names = DUMP,
      paramLabel = "PASS",
      description =
          "Print the program as PASS left it; PASS:N for its N-th run instead of the last.")
  String dump;

  @Option(
      names = "--dump-function",
      paramLabel = "NAME",
      description = "With --dump, print this function only.")
  String dumpFunction;

  @Option(names = "--times", description = "Print what each pass takes, and the program's size.")
  boolean times;

  @Option(names = "--list-passes", description = "Print the names of all passes in order.")
  boolean listPasses;

  @ParentCommand RootCommand root;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    root.apply();
    Terminal terminal = root.environment.terminal();
    if (listPasses) {
      terminal.print(Compiler.steps().stream().collect(Collectors.joining("\n", "", "\n")));
      return 0;
    }
    if (program == null) {
      throw misused("a bytecode program is missing");
    }
    Locator.there(root.environment, program, "a bytecode executable, as ocamlc links it");
    for (Path file : files) {
      Locator.there(root.environment, file, "C, assembly, an object or a static library");
    }
    if (dumpFunction != null && dump == null) {
      throw misused("--dump-function without --dump, which says after which pass");
    }
    Optional<Dump> dumped = Optional.ofNullable(dump).map(this::dump);
    Statistics statistics = new Statistics();
    Observer observer =
        (step, compiled) -> {
          dumped.ifPresent(d -> d.done(step, compiled));
          if (times) {
            statistics.done(step, compiled);
          }
        };
    compile(observer);
    if (times) {
      terminal.print(statistics.toString());
    }
    dumped
        .flatMap(Dump::problem)
        .ifPresent(
            problem -> {
              throw new MirageException(program + ": " + problem);
            });
    return 0;
  }

  private void compile(Observer observer) {
    NativeCompiler compiler = new NativeCompiler(root.environment.cache(), observer);
    if (output == null && dump != null) {
      compiler.observe(resolve(program));
      return;
    }
    Path made = output();
    if (root.dryRun) {
      root.environment.terminal().print("write " + made + "\n");
      return;
    }
    List<Path> stubs = new ArrayList<>(files.stream().map(this::resolve).toList());
    stubs.addAll(stubs(packages));
    compiler
        .compile(resolve(program), stubs, resolve(made))
        .forEach(root.environment.terminal()::warning);
  }

  /** Static libraries with the C code of OCaml libraries and of all that these need. */
  private List<Path> stubs(List<String> names) {
    if (names.isEmpty()) {
      return List.of();
    }
    return Sysroot.of(Target.ESP32, DeviceProvider.ofClassPath(), root.environment.cache())
        .closure(names)
        .stream()
        .flatMap(library -> library.stubs().stream())
        .distinct()
        .toList();
  }

  /** The file to write, as the user names it. */
  private Path output() {
    if (output == null) {
      String name = program.getFileName().toString().replaceFirst("\\.(byte|bc|exe|out)$", "");
      return Path.of(name + NativeCompiler.Output.EXECUTABLE.ending());
    }
    NativeCompiler.Output kind =
        NativeCompiler.Output.of(output)
            .orElseThrow(
                () ->
                    misused(
                        "option --output: '%s', must end with one of %s"
                            .formatted(
                                output,
                                Stream.of(NativeCompiler.Output.values())
                                    .map(NativeCompiler.Output::ending)
                                    .collect(Collectors.joining(", ")))));
    if (!kind.linked() && !(files.isEmpty() && packages.isEmpty())) {
      throw misused(
          "%s is not linked, so %s cannot go into it; link to .elf or .bin"
              .formatted(output, files.isEmpty() ? packages.get(0) : files.get(0)));
    }
    return output;
  }

  private Dump dump(String where) {
    try {
      return new Dump(
          where,
          Optional.ofNullable(dumpFunction),
          text -> root.environment.terminal().print(text + "\n"));
    } catch (IllegalArgumentException e) {
      throw misused("option --dump: " + e.getMessage());
    }
  }

  private Path resolve(Path file) {
    return root.environment.directory().resolve(file);
  }

  private ParameterException misused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
