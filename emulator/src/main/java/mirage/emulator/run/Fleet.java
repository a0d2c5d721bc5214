// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mirage.emulator.EmulatorException;
import mirage.emulator.Esp32;
import mirage.emulator.Outcome;
import mirage.emulator.net.Network;
import mirage.formats.FormatException;

/**
 * Runs several boards on one wire and one air from start to end, with the lines of their consoles on one stream. All is in
 * virtual time, so a run is the same each time, unless the host is on the wire. Nothing is typed on their consoles.
 */
public final class Fleet {
  private final FleetOptions options;
  private final PrintStream err;
  private final List<Member> members = new ArrayList<>();

  /** A board, what its console has shown, and how its run ended. */
  private record Member(
      String name, Image image, Esp32 machine, Console console, LineStream lines, FaultLine fault) {
    String annotate(String report) {
      return image.symbols().annotate(report);
    }
  }

  private Fleet(FleetOptions options, PrintStream err) {
    this.options = options;
    this.err = err;
  }

  /**
   * Runs the boards until all have ended.
   *
   * @param out gets the lines of the consoles, the board's name before each
   * @param err gets reports for people
   * @return 0 if the expected text came; 1 for a fault, a time-out or a deadlock; else the status of the first board that
   *     has another than 0
   * @throws EmulatorException if an image or another file cannot be used
   */
  public static int run(FleetOptions options, OutputStream out, PrintStream err) {
    Fleet fleet = new Fleet(options, err);
    try (Network network = Network.open(options.network(), options.stations(), fleet::warn)) {
      for (int number = 0; number < options.boards().size(); number++) {
        fleet.add(number, network, out);
      }
      return fleet.run(network);
    } catch (FormatException e) {
      throw new EmulatorException(e.getMessage(), e);
    }
  }

  private void add(int number, Network network, OutputStream out) {
    FleetOptions.Board board = options.boards().get(number);
    Image image = Image.read(board.image(), board.symbols());
    LineStream lines = new LineStream(out, board.name());
    Console console = new Console(lines, options.how().expect().orElse(null));
    FaultLine fault = new FaultLine();
    Esp32 machine =
        options
            .how()
            .chip(number, options.network().live())
            .imageName(image.name())
            .host(Boards.HOST)
            .ethernet(network.cable(number))
            .antenna(network.antenna(number))
            .console(value -> transmit(console, fault, value))
            .flash(board.flash().orElse(image.flash()))
            .build();
    image.boot(machine);
    members.add(new Member(board.name(), image, machine, console, lines, fault));
  }

  private void transmit(Console console, FaultLine fault, int value) {
    console.write(value);
    fault.write(value);
    if (value == '\n') {
      console.flush();
    }
    if (console.found()) {
      members.forEach(member -> member.machine().stop());
    }
  }

  private int run(Network network) {
    long until = options.how().deadline(members.get(0).machine().now());
    List<Esp32> machines = members.stream().map(Member::machine).toList();
    Pace pace = options.network().live() ? new HostPace(network.outside()) : Pace.FREE;
    List<Outcome> outcomes = Boards.onAir(machines, pace).run(until);
    members.forEach(Fleet::end);
    boolean found = members.stream().anyMatch(member -> member.console().found());
    int status = found ? 0 : conclude(outcomes);
    if (options.how().count()) {
      members.forEach(
          it -> err.println(it.name() + ": " + it.machine().instructions() + " instructions"));
    }
    return status;
  }

  private static void end(Member member) {
    try {
      member.lines().close();
    } catch (IOException e) {
      throw new EmulatorException("cannot write the serial console's output: " + e.getMessage(), e);
    }
  }

  /** Reports how each has ended; the run's status. */
  private int conclude(List<Outcome> outcomes) {
    int status = 0;
    for (int i = 0; i < outcomes.size(); i++) {
      int own = conclude(members.get(i), outcomes.get(i));
      status = status == 0 ? own : status;
    }
    if (options.how().expect().isPresent()) {
      err.println(
          "emulator: the expected text '%s' did not appear"
              .formatted(options.how().expect().get()));
      return 1;
    }
    return status;
  }

  private int conclude(Member member, Outcome outcome) {
    member
        .fault()
        .pc()
        .ifPresent(pc -> err.println(member.name() + ": " + member.annotate(FaultLine.shown(pc))));
    return switch (outcome.kind()) {
      case HALTED -> outcome.status();
      case TIMEOUT ->
          failed(member, options.how().timeout() == 0 ? "waits, and nothing will come" : late());
      default -> failed(member, member.annotate(outcome.report()));
    };
  }

  private String late() {
    return "still running after %s s of virtual time"
        .formatted(String.format(Locale.ROOT, "%.6f", options.how().timeout()));
  }

  private void warn(String message) {
    err.println("emulator: " + message);
  }

  private int failed(Member member, String message) {
    err.println("emulator: " + member.name() + ": " + message);
    return 1;
  }
}
