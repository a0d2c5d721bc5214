// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import mirage.emulator.EmulatorException;
import mirage.emulator.net.NetworkArguments;
import mirage.emulator.net.NetworkOptions;
import mirage.emulator.net.Station;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The emulator's command line. */
@Command(name = "emulator", mixinStandardHelpOptions = true, description = "An ESP32 in the JVM.")
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(command().execute(arguments));
  }

  /** The command, ready to be executed: 0 success, 1 failure, 2 wrong usage, else the program's own status. */
  static CommandLine command() {
    CommandLine line = new CommandLine(new Main());
    OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
    line.addSubcommand(new Run(System.in, out, System.err));
    line.setExecutionExceptionHandler(Main::report);
    return line;
  }

  /** What the user can act on becomes a message and status 1; anything else is a defect and keeps its stack. */
  static int report(Exception exception, CommandLine line, CommandLine.ParseResult parsed)
      throws Exception {
    if (exception instanceof EmulatorException) {
      line.getErr().println("emulator: " + exception.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw exception;
  }

  /** {@code run}: a flash image or an executable, with the serial console on standard input and output. */
  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = "Run a flash image or an ELF executable.")
  static final class Run implements Callable<Integer> {
    private final InputStream in;
    private final OutputStream out;
    private final PrintStream err;

    @Parameters(paramLabel = "IMAGE", description = "flash image (.bin) or executable (.elf)")
    private Path image;

    @Option(
        names = "--symbols",
        paramLabel = "ELF",
        description = "executable whose symbols name addresses")
    private Path symbols;

    @Mixin private RunOptions how = new RunOptions();

    @Mixin private NetworkArguments network = new NetworkArguments();

    @Spec private CommandSpec spec;

    Run(InputStream in, OutputStream out, PrintStream err) {
      this.in = in;
      this.out = out;
      this.err = err;
    }

    @Override
    public Integer call() {
      NetworkOptions around = network.options(spec.commandLine());
      NetworkArguments.checkBoards(spec.commandLine(), around, List.of(Station.nameOf(image)));
      EmulatorOptions options =
          EmulatorOptions.of(image, how)
              .withSymbols(Optional.ofNullable(symbols))
              .withNetwork(around);
      return Emulator.run(options, in, out, err);
    }
  }
}
