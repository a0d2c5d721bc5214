// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.net;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import mirage.emulator.EmulatorException;
import mirage.emulator.Esp32;
import mirage.emulator.OutputFile;
import mirage.emulator.accesspoint.AccessPoint;
import mirage.emulator.air.Air;
import mirage.emulator.air.Antenna;
import mirage.emulator.air.Disturbance;
import mirage.emulator.air.Transmission;
import mirage.emulator.board.FrameLink;
import mirage.emulator.board.Source;

/**
 * The far end of the boards' cables and the air around them for one run, made as {@link NetworkOptions} say, and all that has
 * to be closed. Several boards are on one air, and their cables, the access point's and the host's lead to one {@link LocalNetwork}.
 */
public final class Network implements AutoCloseable {
  /** How strong the chip hears the access point, in dBm: one in the same room. */
  private static final int ACCESS_POINT_STRENGTH = -45;

  private static final String GONE = "passt has ended: the chip's network link is down";
  private static final String GONE_OF =
      "passt of the board %s has ended: the host is out of its reach";

  private static final String TAP_GONE =
      "the TAP device has gone away: the chip's network link is down";

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final List<FrameLink> cables = new ArrayList<>();
  private final List<Antenna> antennas = new ArrayList<>();
  private FrameLink distribution = FrameLink.NONE;
  private final Outside outside = new Outside();
  private Optional<Source> cableSource = Optional.empty();
  private Optional<Source> airSource = Optional.empty();
  private Consumer<Transmission> recorder = transmission -> {};

  private Network() {}

  /**
   * Opens it.
   *
   * @param boards on it; what is published is checked against them
   * @param warnings gets a line if the far end goes away during the run
   * @throws EmulatorException if the host does not let us
   */
  public static Network open(
      NetworkOptions options, List<Station> boards, Consumer<String> warnings) {
    Network network = new Network();
    try {
      if (boards.size() == 1) {
        network.plugIn(options, warnings);
      } else {
        network.wire(options, boards, warnings);
      }
      boolean air = options.accessPoint().isPresent();
      options.capture().ifPresent(file -> network.capture(file, air));
      network.inhabit(options, boards.size());
      return network;
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** A chip's cable; the first is 0. */
  public FrameLink cable(int chip) {
    return cables.get(chip);
  }

  /** Its place on the air. */
  public Antenna antenna(int chip) {
    return antennas.get(chip);
  }

  /** Who is on the wire of several boards at times of the host's. */
  public Outside outside() {
    return outside;
  }

  /** What comes over the cable of the only board at times of the host's. */
  public Optional<Source> cableSource() {
    return cableSource;
  }

  /** What comes to it through the access point at times of the host's. */
  public Optional<Source> airSource() {
    return airSource;
  }

  /** The only board has the far end at its cable. */
  private void plugIn(NetworkOptions options, Consumer<String> warnings) {
    switch (options.kind().sort()) {
      case USER -> {
        LinkProgram passt = Passt.start(options.published(), () -> warnings.accept(GONE));
        passt.link().watch(new AddressWatch(Passt.address(0), warnings));
        share(passt);
      }
      case TAP -> share(tap(options, warnings));
      case NONE -> cables.add(FrameLink.NONE);
    }
  }

  private static LinkProgram tap(NetworkOptions options, Consumer<String> warnings) {
    return Tap.open(options.kind().device(), () -> warnings.accept(TAP_GONE));
  }

  private void share(LinkProgram program) {
    Switch hub = new Switch(add(program).link());
    Switch.Port wired = hub.port();
    Switch.Port wireless = hub.port();
    cables.add(wired);
    cableSource = Optional.of(wired);
    distribution = wireless;
    airSource = Optional.of(wireless);
  }

  /** Several boards have a wire, and the far end is on it too; passt serves one board, so each has its own. */
  private void wire(NetworkOptions options, List<Station> boards, Consumer<String> warnings) {
    LocalNetwork wire =
        options.live()
            ? LocalNetwork.patient(Air.LOOKAHEAD)
            : new LocalNetwork(Air.LOOKAHEAD, LocalNetwork.Disturbance.NONE);
    for (int i = 0; i < boards.size(); i++) {
      cables.add(wire.plug());
    }
    distribution = wire.plug();
    switch (options.kind().sort()) {
      case USER -> {
        for (int i = 0; i < boards.size(); i++) {
          Station board = boards.get(i);
          LinkProgram passt =
              Passt.startBehindGate(
                  i,
                  options.published(board.name()),
                  () -> warnings.accept(GONE_OF.formatted(board.name())));
          if (!options.published(board.name()).isEmpty()) {
            Consumer<String> ofBoard = text -> warnings.accept(board.name() + ": " + text);
            passt.link().watch(new AddressWatch(Passt.address(i), ofBoard));
          }
          outside.add(new Uplink(wire.plug(), add(passt).link(), new PasstGate(board)));
        }
      }
      case TAP ->
          outside.add(new Uplink(wire.plug(), add(tap(options, warnings)).link(), it -> true));
      case NONE -> {}
    }
  }

  private void inhabit(NetworkOptions options, int chips) {
    Air air = new Air(Disturbance.NONE, recorder);
    for (int i = 0; i < chips; i++) {
      antennas.add(air.join(Esp32.RADIO_STRENGTH));
    }
    air.add(
        ACCESS_POINT_STRENGTH,
        place ->
            new AccessPoint(
                options.accessPoint().orElse(NetworkOptions.OPEN), distribution, place));
  }

  private void capture(Path file, boolean air) {
    OutputStream out = add(OutputFile.create(file));
    if (air) {
      PcapFile frames = new PcapFile(out, PcapFile.IEEE802_11);
      recorder = it -> frames.record(it.end(), it.frame(), it.frame().length);
    } else {
      // Of several cables one shows all: what is sent on the others arrives there.
      cables.set(0, new PcapLink(cables.get(0), new PcapFile(out, PcapFile.ETHERNET)));
    }
  }

  private <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        throw new EmulatorException("the network does not end: " + e.getMessage(), e);
      }
    }
  }
}
