// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import mirage.emulator.EmulatorException;
import mirage.emulator.Esp32;
import mirage.emulator.Esp32Builder;
import mirage.emulator.Outcome;
import mirage.emulator.clock.Clock;
import mirage.emulator.gdb.GdbServer;
import mirage.emulator.net.Network;
import mirage.emulator.net.Station;
import mirage.formats.FormatException;

/** Runs an image from start to end, with a serial console on two streams: the emulator as one call. */
public final class Emulator {
  private final EmulatorOptions options;
  private final PrintStream err;
  private final Console console;
  private final FaultLine fault = new FaultLine();
  private final ConsoleHost host;
  private Symbols symbols = Symbols.NONE;
  private Esp32 machine;

  private Emulator(EmulatorOptions options, InputStream in, OutputStream out, PrintStream err) {
    this.options = options;
    this.err = err;
    this.console = new Console(out, options.how().expect().orElse(null));
    this.host = new ConsoleHost(in, console::flush, options.realtime(), options.how().timeout());
  }

  /**
   * Runs the image named in {@code options}.
   *
   * @param in bytes for the serial line; read ahead by a thread
   * @param out gets what the program sends on the serial line
   * @param err gets reports for people
   * @return the program's exit status; 0 if the expected text came, 1 for a fault, a time-out or a deadlock
   * @throws EmulatorException if the image or another file cannot be used
   */
  public static int run(
      EmulatorOptions options, InputStream in, OutputStream out, PrintStream err) {
    try {
      return new Emulator(options, in, out, err).run();
    } catch (FormatException e) {
      throw new EmulatorException(e.getMessage(), e);
    }
  }

  private int run() {
    Station alone = options.how().station(0, Station.nameOf(options.image()));
    try (Network network = Network.open(options.network(), List.of(alone), this::warn)) {
      return run(network);
    }
  }

  private int run(Network network) {
    Image image = Image.read(options.image(), options.symbols());
    symbols = image.symbols();
    Esp32Builder builder =
        options.how().chip(0, options.realtime()).imageName(image.name()).host(host);
    builder.ethernet(network.cable(0)).antenna(network.antenna(0)).console(this::transmit);
    Optional<Path> kept = options.how().flash();
    Optional<byte[]> content = kept.filter(Files::exists).map(Image::content);
    machine = builder.flash(content.or(options::flash).orElse(image.flash())).build();
    image.boot(machine);
    host.attach(machine);
    network.cableSource().ifPresent(source -> host.attach(source, machine.ethernet()));
    network.airSource().ifPresent(source -> host.attach(source, machine.radio()));
    options.profiler().ifPresent(p -> p.attach(machine.cpus()));
    int status = conclude(run(options.how().deadline(machine.now())));
    kept.ifPresent(this::save);
    if (options.how().count()) {
      err.println(
          machine.instructions() + " instructions, " + seconds(machine.now()) + " of virtual time");
    }
    return status;
  }

  private Outcome run(long until) {
    try (InstructionTrace trace = InstructionTrace.open(options.how().trace(), err, symbols)) {
      trace.attach(machine);
      OptionalInt port = options.how().gdb();
      return port.isEmpty() ? machine.run(until) : debug(port.getAsInt(), until);
    }
  }

  private Outcome debug(int port, long until) {
    try (GdbServer server = new GdbServer(machine, port, until)) {
      err.println("emulator: waiting for a debugger on localhost:" + server.port());
      return server.serve();
    }
  }

  private void transmit(int value) {
    console.write(value);
    fault.write(value);
    if (console.found()) {
      machine.stop();
    }
  }

  /** Reports how the run ended and gives the exit status. */
  private int conclude(Outcome outcome) {
    console.flush();
    fault.pc().ifPresent(pc -> err.println(symbols.annotate(FaultLine.shown(pc))));
    return switch (outcome.kind()) {
      case HALTED -> halted(outcome.status());
      case STOPPED -> stopped();
      case TIMEOUT ->
          failed(
              "still running after %s of virtual time%s"
                  .formatted(seconds(machine.now()), unseen()));
      case DEADLOCK ->
          failed(
              host.inputEnded()
                  ? "waits for serial input, but the input has ended" + unseen()
                  : symbols.annotate(outcome.report()));
      case FAULT, RESET, BREAKPOINT -> failed(symbols.annotate(outcome.report()));
    };
  }

  private int stopped() {
    if (console.found()) {
      return 0;
    }
    return failed(
        host.guarded()
            ? "takes too much of this host's time for its timeout" + unseen()
            : "stopped");
  }

  private int halted(int status) {
    if (options.how().expect().isPresent() && !console.found()) {
      return failed("halted with status %d%s".formatted(status, unseen()));
    }
    return status;
  }

  private String unseen() {
    return options
        .how()
        .expect()
        .map(text -> "; the expected text '%s' did not appear".formatted(text))
        .orElse("");
  }

  private int failed(String message) {
    err.println("emulator: " + message);
    return 1;
  }

  private void warn(String message) {
    err.println("emulator: " + message);
  }

  private static String seconds(long ticks) {
    return String.format(Locale.ROOT, "%.6f s", (double) ticks / Clock.TICKS_PER_SECOND);
  }

  private void save(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      Path temporary = Files.createTempFile(folder, file.getFileName().toString(), ".tmp");
      Files.write(temporary, machine.flashContent());
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new EmulatorException("cannot write " + file + ": " + Image.reason(e), e);
    }
  }
}
