// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import mirage.emulator.net.NetworkArguments;
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

    @Option(
        names = "--expect",
        paramLabel = "TEXT",
        description = "end with status 0 when the console shows TEXT")
    private String expect;

    @Option(
        names = "--timeout",
        paramLabel = "S",
        description = "end with status 1 after S seconds of virtual time")
    private double timeout;

    @Option(
        names = "--realtime",
        description = "keep pace with the host's clock; random numbers from the host")
    private boolean realtime;

    @Option(
        names = "--trace",
        paramLabel = "FILE",
        description = "one line per instruction; - for standard error")
    private String trace;

    @Option(
        names = "--gdb",
        paramLabel = "PORT",
        description = "wait for a debugger on this TCP port")
    private Integer gdb;

    @Option(names = "--count", description = "report the number of instructions")
    private boolean count;

    @Option(
        names = "--seed",
        paramLabel = "N",
        description = "of the random number generator (default: ${DEFAULT-VALUE})")
    private long seed = EmulatorOptions.DEFAULT_SEED;

    @Option(
        names = "--mac",
        paramLabel = "MAC",
        description = "the chip's address (default: ${DEFAULT-VALUE})")
    private String mac = EmulatorOptions.DEFAULT_MAC;

    @Option(
        names = "--allow-reset",
        description = "a reset restarts the chip instead of ending the run")
    private boolean allowReset;

    @Option(
        names = "--flash",
        paramLabel = "FILE",
        description = "content of the flash chip, if the file exists")
    private Path flash;

    @Option(
        names = "--persist",
        description = "write the flash content back to the file of --flash")
    private boolean persist;

    @Mixin private NetworkArguments network = new NetworkArguments();

    @Spec private CommandSpec spec;

    Run(InputStream in, OutputStream out, PrintStream err) {
      this.in = in;
      this.out = out;
      this.err = err;
    }

    @Override
    public Integer call() {
      EmulatorOptions options =
          EmulatorOptions.builder(image)
              .symbols(Optional.ofNullable(symbols))
              .expect(Optional.ofNullable(expect))
              .timeout(timeout)
              .realtime(realtime)
              .trace(Optional.ofNullable(trace))
              .gdbPort(gdb == null ? OptionalInt.empty() : OptionalInt.of(gdb))
              .count(count)
              .seed(seed)
              .mac(mac)
              .allowReset(allowReset)
              .flash(Optional.ofNullable(flash), persist)
              .network(network.options(spec.commandLine()))
              .build();
      return Emulator.run(options, in, out, err);
    }
  }
}
