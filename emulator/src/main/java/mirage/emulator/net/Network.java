// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.net;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import mirage.emulator.EmulatorException;
import mirage.emulator.board.FrameLink;
import mirage.emulator.board.Source;

/** The far end of the chip's cable for one run, made as {@link NetworkOptions} say, and all that has to be closed. */
public final class Network implements AutoCloseable {
  private static final String GONE = "passt has ended: the chip's network link is down";

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private FrameLink cable = FrameLink.NONE;
  private Optional<Source> source = Optional.empty();

  private Network() {}

  /**
   * Opens it.
   *
   * @param warnings gets a line if the far end goes away during the run
   * @throws EmulatorException if the host does not let us
   */
  public static Network open(NetworkOptions options, Consumer<String> warnings) {
    Network network = new Network();
    try {
      if (options.kind() == NetworkOptions.Kind.USER) {
        Passt passt = network.add(Passt.start(options.published(), () -> warnings.accept(GONE)));
        network.cable = passt.link();
        network.source = Optional.of(passt.link());
      }
      options.capture().ifPresent(network::capture);
      return network;
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** The chip's cable. */
  public FrameLink cable() {
    return cable;
  }

  /** What comes over the cable at times of the host's. */
  public Optional<Source> source() {
    return source;
  }

  private void capture(Path file) {
    try {
      OutputStream out = add(Files.newOutputStream(file));
      cable = new PcapLink(cable, out);
    } catch (IOException e) {
      throw new EmulatorException("cannot write " + file + ": " + reason(e), e);
    }
  }

  private static String reason(IOException e) {
    return e instanceof NoSuchFileException ? "there is no such folder" : e.getMessage();
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
