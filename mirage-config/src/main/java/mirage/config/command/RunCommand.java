// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mirage.config.configure.Configurator;
import mirage.config.graph.KeyOption;
import mirage.config.project.FlashChoice;
import mirage.config.project.Manifest;
import mirage.config.project.PhyChoice;
import mirage.config.project.SavedConfiguration;
import mirage.config.project.Unikernel;
import mirage.config.run.FleetRun;
import mirage.config.run.RunSettings;
import mirage.config.run.Runner;
import mirage.config.run.WifiArguments;
import mirage.device.Target;
import mirage.emulator.net.NetworkArguments;
import mirage.emulator.net.NetworkOptions;
import mirage.emulator.net.Station;
import mirage.emulator.run.RunOptions;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

@Command(
    name = "run",
    description = {
      "Runs a unikernel: on the emulated chip, or as a process for target unix.",
      "Configures and builds it first when that is needed. Ends with the unikernel's own status.",
      "What follows -- is given to the unikernel as boot arguments.",
      "Of several, each gets a board; the boards share a wire and an air, without the host unless --publish or --net asks for it, and a line"
          + " of a console begins with the board's name: the unikernel's, unless it is given as NAME=DIR. What follows -- is for all of them;"
          + " with several --, the first for the first board, and so on."
    },
    customSynopsis =
        "mirage run [OPTION]... [KEY]... [[NAME=]DIR|IMAGE|ELF]... [-- ARGUMENT...]...",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mirage run samples/hello",
      "  mirage run --expect Hello --timeout 10 samples/hello-key -- --hello=Hello",
      "  mirage run -t unix samples/hello",
      "  mirage run --publish 8080:80 samples/http",
      "  mirage run dist/hello.bin",
      "  mirage run server client -- --ipv4=10.0.0.1/24 -- --ipv4=10.0.0.2/24",
      "  mirage run web=samples/http b=samples/http --publish web/8080:80"
    })
final class RunCommand extends Keyed {
  /** What it takes besides unikernels. */
  static final String PROGRAMS = "a flash image (.bin) or an executable (.elf) for the chip";

  @ArgGroup(validate = false, heading = "%nRunning:%n", order = 5)
  RunOptions how = new RunOptions();

  @ArgGroup(validate = false, heading = "%nNetwork of the emulated chip:%n", order = 6)
  NetworkArguments network = new NetworkArguments();

  @Parameters(
      index = "1..*",
      paramLabel = "DIR",
      description = "Further unikernels, on boards of their own.")
  List<Path> others = new ArrayList<>();

  private final List<String> boot;

  RunCommand(List<KeyOption> known, List<String> boot) {
    super(known);
    this.boot = boot;
  }

  @Override
  public Integer call() {
    Workflow workflow = new Workflow(root);
    Runner runner =
        new Runner(root.environment.in(), workflow.terminal().out(), workflow.terminal().err());
    NetworkOptions around = network.options(spec.commandLine());
    RunSettings settings =
        new RunSettings(how.in(root.environment.directory()), around, Optional.empty());
    if (!others.isEmpty()) {
      return together(workflow, settings);
    }
    Optional<Path> image = workflow.program(given.folder);
    if (image.isPresent()) {
      checkBoards(around, List.of(Station.nameOf(image.get())));
      return runner.image(image.get(), boot, settings);
    }
    Unikernel unikernel = workflow.find(given.folder, PROGRAMS);
    configure(workflow, unikernel);
    if (workflow.dryRun() && !unikernel.configured()) {
      return 0;
    }
    Manifest manifest = workflow.build(unikernel);
    checkBoards(around, List.of(manifest.name()));
    Path result = unikernel.result(manifest.name(), manifest.target());
    if (workflow.dryRun()) {
      workflow.terminal().print("run " + result + "\n");
      return 0;
    }
    return switch (manifest.target()) {
      case ESP32 ->
          runner.image(
              result, WifiArguments.added(boot, manifest.keys().keySet(), around), settings);
      case UNIX -> {
        List<String> others = RunOptions.without(RunOptions.Runs.PROCESS, typed());
        if (!others.isEmpty()) {
          throw new ParameterException(
              spec.commandLine(),
              "%s: for the emulated chip alone, and %s is configured for unix; run mirage run -t esp32"
                  .formatted(String.join(", ", others), manifest.name()));
        }
        yield runner.program(result, boot, settings);
      }
    };
  }

  private void checkBoards(NetworkOptions around, List<String> boards) {
    NetworkArguments.checkBoards(spec.commandLine(), around, boards);
  }

  private ParseResult typed() {
    return spec.commandLine().getParseResult();
  }

  private int together(Workflow workflow, RunSettings settings) {
    refuseWhatIsForOne();
    List<Path> places = Stream.concat(Stream.of(given.folder), others.stream()).toList();
    List<FleetRun.Guest> guests =
        new Guests(workflow, spec.commandLine(), boot).of(places, settings.network());
    if (guests.size() == places.size()) {
      checkBoards(settings.network(), guests.stream().map(FleetRun.Guest::name).toList());
    }
    if (workflow.dryRun()) {
      guests.forEach(
          it -> workflow.terminal().print("run " + it.image() + " as " + it.name() + "\n"));
      return 0;
    }
    return new FleetRun(workflow.terminal().out(), workflow.terminal().err()).run(guests, settings);
  }

  private void refuseWhatIsForOne() {
    List<String> refused = RunOptions.without(RunOptions.Runs.BOARDS, typed());
    refused.addAll(given.typed());
    keys().keySet().forEach(key -> refused.add(KeyOption.dashed(key)));
    if (root.file != null) {
      refused.add("--file");
    }
    if (root.buildDirectory != null) {
      refused.add("--build-dir");
    }
    if (!refused.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "%s: for one board alone, and several are to run; run one, or configure each by mirage configure"
              .formatted(String.join(", ", refused)));
    }
  }

  /** Configures when that was never done, or when this command line asks for something else. */
  private void configure(Workflow workflow, Unikernel unikernel) {
    Map<String, List<String>> keys = keys();
    Optional<SavedConfiguration> saved = workflow.savedIfAny(unikernel);
    Optional<Target> target = given.target(root.environment);
    FlashChoice flash = given.flash(root.environment, unikernel);
    PhyChoice phy = given.phy.choice(root.environment, unikernel);
    boolean same =
        saved.isPresent()
            && target.map(saved.get().target()::equals).orElse(true)
            && given.backEnd().map(saved.get().backEnd()::equals).orElse(true)
            && flash.equals(FlashChoice.NONE)
            && phy.equals(PhyChoice.NONE)
            && keys.isEmpty()
            && given.implementations.isEmpty();
    if (same) {
      return;
    }
    SavedConfiguration wanted =
        saved
            .filter(s -> target.map(s.target()::equals).orElse(true))
            .map(s -> s.with(keys, given.implementations, Configurator.fingerprint(unikernel)))
            .map(s -> given.backEnd().map(s::with).orElse(s).with(flash).with(phy))
            .orElseGet(() -> workflow.wanted(unikernel, given, keys, Target.ESP32));
    if (!saved.equals(Optional.of(wanted))) {
      workflow.configureFirst(unikernel, wanted);
    }
  }
}
